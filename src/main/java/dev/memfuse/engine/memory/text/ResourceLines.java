package dev.memfuse.engine.memory.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import dev.memfuse.engine.exception.EngineException;

/// Reads the files of rules and words beside this class.
final class ResourceLines {
    private static final String CONTINUED = "    ";

    private ResourceLines() {}

    /// Returns the lines of a file, without blank lines and comments, which begin with `#`. A line that begins with
    /// four blanks continues the one before it.
    ///
    /// @throws EngineException when the file cannot be read
    static List<String> of(String file) {
        try (InputStream stream = Objects.requireNonNull(ResourceLines.class.getResourceAsStream(file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\n" + CONTINUED, "").lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new EngineException("The rules for facts could not be loaded.", file, e);
        }
    }
}
