package dev.memfuse.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.progress.Progress;

/// Writes one user to a file. An incomplete file has the name `<name>.part`; it is renamed when it is complete and
/// deleted when the export fails.
public final class UserExport {
    private final MemoryEngine engine;

    /// @param engine the engine that stores the user
    public UserExport(MemoryEngine engine) {
        this.engine = engine;
    }

    /// Writes a file; blocks until it is complete. Replaces an existing file.
    ///
    /// @param progress receives the number of records after each record, on the calling thread; an exception that it
    /// throws ends the export
    /// @return number of records by label of their kind
    /// @throws EngineException when the user does not exist or the file cannot be written
    public Map<String, Long> write(UUID userId, Path file, Consumer<Progress> progress) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            RecordCounts counts = new RecordCounts();
            try (LineWriter out = UserFiles.writer(file, part)) {
                out.line(FrameLines.header());
                engine.exportUser(userId, row -> {
                    write(out, row);
                    counts.add(row.kind());
                    progress.accept(Progress.of("Exporting records", counts.total(), 0));
                });
                out.line(FrameLines.end(counts.byLabel(), out.checksum()));
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return counts.byLabel();
        } catch (UncheckedIOException e) {
            throw UserFiles.failure("written", file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw UserFiles.failure("written", file, e);
        } finally {
            discard(part);
        }
    }

    private static void write(LineWriter out, UserRecord row) {
        try {
            out.line(RecordLine.of(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes the incomplete file of a failed export. A complete export has renamed it.
    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("The incomplete file " + part + " could not be deleted.", e);
        }
    }
}
