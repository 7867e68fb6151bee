package dev.memfuse.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.progress.Progress;

/// Writes one user to a file or a stream. An incomplete file has the name `<name>.part`; it is renamed when it is
/// complete and deleted when the export fails.
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
        RecordCounts counts = new RecordCounts();
        WholeFile.write(file, out -> lines(userId, out, counts,
                () -> progress.accept(Progress.of("Exporting records", counts.total(), 0))));
        return counts.byLabel();
    }

    /// Writes the lines of a file to a stream, which stays open; blocks until all are written. A stream whose last line
    /// is missing is incomplete, and an import refuses it. Memory use does not depend on the number of records.
    ///
    /// @return number of records by label of their kind
    /// @throws EngineException when the user does not exist
    public Map<String, Long> write(UUID userId, OutputStream bytes) throws IOException {
        RecordCounts counts = new RecordCounts();
        LineWriter out = new LineWriter(bytes);
        try {
            lines(userId, out, counts, () -> {});
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        out.flush();
        return counts.byLabel();
    }

    private void lines(UUID userId, LineWriter out, RecordCounts counts, Runnable onRecord) throws IOException {
        out.line(FrameLines.header());
        engine.exportUser(userId, row -> {
            write(out, row);
            counts.add(row.kind());
            onRecord.run();
        });
        out.line(FrameLines.end(counts.byLabel(), out.checksum()));
    }

    private static void write(LineWriter out, UserRecord row) {
        try {
            out.line(RecordLine.of(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
