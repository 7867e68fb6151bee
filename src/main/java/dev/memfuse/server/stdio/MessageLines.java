package dev.memfuse.server.stdio;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Messages as lines of UTF-8. Not thread-safe.
final class MessageLines {
    /// Stands for a line that is too long.
    static final String TOO_LONG = "";
    private static final int LIMIT = 32 << 20;

    private final InputStream in;

    MessageLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /// Returns the next line that is not blank, or [#TOO_LONG]; empty at the end. Blocks.
    Optional<String> next() throws IOException {
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean tooLong = false;
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (line.size() < LIMIT) {
                    line.write(next);
                } else {
                    tooLong = true;
                }
            }
            String text = line.toString(StandardCharsets.UTF_8);
            if (tooLong) {
                return Optional.of(TOO_LONG);
            }
            if (!text.isBlank()) {
                return Optional.of(text);
            }
        }
    }
}
