package dev.memfuse.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/// Writes a file completely or not at all: into a file beside it, which replaces it at the end. A link keeps leading to
/// the file. A device or a pipe is written directly, since a file must not take its place.
final class WholeFile {

    /// Writes the lines.
    interface Lines {
        /// @throws IOException when they cannot be written
        /// @throws UncheckedIOException likewise
        void write(LineWriter out) throws IOException;
    }

    private WholeFile() {}

    /// Writes a file; blocks until it is complete. Replaces an existing file; a name that ends in `.gz` compresses it.
    ///
    /// @throws dev.memfuse.engine.exception.EngineException when the file cannot be written
    static void write(Path file, Lines lines) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                write(file, target, lines);
            } else {
                replace(file, target, lines);
            }
        } catch (UncheckedIOException e) {
            throw UserFiles.failure("written", file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw UserFiles.failure("written", file, e);
        }
    }

    private static void replace(Path file, Path target, Lines lines) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            write(file, part, lines);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // A complete file was renamed.
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path file, Path target, Lines lines) throws IOException {
        try (LineWriter out = UserFiles.writer(file, target)) {
            lines.write(out);
        }
    }
}
