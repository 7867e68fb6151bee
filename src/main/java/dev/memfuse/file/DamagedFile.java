package dev.memfuse.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Moves a file that cannot be read aside, so that a new one may take its place and nothing in it is lost.
public final class DamagedFile {
    /// More damaged files of one name are not kept.
    private static final int LIMIT = 20;

    private DamagedFile() {}

    /// Renames a file to a free name beside it, `name.damaged-1.properties`. Blocks on disk I/O.
    ///
    /// @return the new path; empty when it cannot be moved, and stays where it is
    public static Optional<Path> keep(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
        for (int number = 1; number <= LIMIT; number++) {
            Path kept = file.resolveSibling(name.substring(0, dot) + ".damaged-" + number + name.substring(dot));
            if (Files.notExists(kept)) {
                try {
                    return Optional.of(Files.move(file, kept));
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
