package dev.memfuse.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.record.UserRecord;

/// Writes one user into a file. The file appears when it is complete; until then it is called `<name>.part`, and is
/// deleted when the export ends early.
public final class UserExport {
    private final MemoryEngine engine;

    public UserExport(MemoryEngine engine) {
        this.engine = engine;
    }

    /// Blocks until the file is complete. An existing file is replaced.
    ///
    /// @return records by the label of their kind
    /// @throws EngineException when the user or the file is to blame
    public Map<String, Long> write(UUID userId, Path file, Progress progress) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            RecordCounts counts = new RecordCounts();
            try (BufferedWriter out = UserFiles.writer(file, part)) {
                line(out, FrameLines.header());
                engine.exportUser(userId, row -> {
                    write(out, row);
                    counts.add(row.kind());
                    progress.done(counts.total(), -1);
                });
                line(out, FrameLines.end(counts.byLabel()));
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            return counts.byLabel();
        } catch (UncheckedIOException e) {
            throw UserFiles.trouble("written", file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw UserFiles.trouble("written", file, e);
        } finally {
            discard(part);
        }
    }

    private static void write(BufferedWriter out, UserRecord row) {
        try {
            line(out, RecordLine.of(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One line feed on every platform: the same user gives the same bytes.
    private static void line(BufferedWriter out, String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    /// Gone already when the export was complete.
    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("The incomplete file " + part + " could not be deleted.", e);
        }
    }
}
