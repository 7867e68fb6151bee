package dev.memfuse.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the records of one file line by line and checks each line. Not thread-safe.
final class RecordReader implements Iterator<UserRecord>, AutoCloseable {
    private final Path file;
    private final Consumer<Progress> progress;
    private final long size;
    private final CountingStream bytes;
    private final LineReader lines;
    private final RecordCounts counts = new RecordCounts();
    private @Nullable UserRecord next;
    private RecordKind last = RecordKind.USER;
    private int version;
    private UserImport.Checksum checksum = UserImport.Checksum.REMOVED;

    /// Opens the file and reads up to the first record.
    ///
    /// @param progress receives the share of the file before each record, on the reading thread; an exception that it
    /// throws ends the import
    /// @throws EngineException when the file cannot be read, or its header or first record is invalid
    RecordReader(Path file, Consumer<Progress> progress) {
        this.file = file;
        this.progress = progress;
        try {
            size = Math.max(1, Files.size(file));
            bytes = new CountingStream(Files.newInputStream(file));
            lines = open(bytes);
        } catch (IOException e) {
            throw UserFiles.failure("read", file, e);
        }
        try {
            header();
            advance();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private static LineReader open(InputStream bytes) throws IOException {
        try {
            return UserFiles.reader(bytes);
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    private void header() {
        checked(() -> {
            String first = readLine();
            version = FrameLines.checkHeader(RecordLine.object(first == null ? "" : first));
        });
    }

    private @Nullable String readLine() {
        try {
            return lines.next();
        } catch (IOException e) {
            throw UserFiles.failure("read beyond line " + (lines.number() - 1), file, e);
        }
    }

    private void advance() {
        checked(() -> next = parse(readLine()));
    }

    private @Nullable UserRecord parse(@Nullable String text) {
        if (text == null) {
            throw new BadLineException("The file is incomplete: its last line must be of type 'end'.");
        }
        ObjectNode object = RecordLine.object(text);
        if (FrameLines.isEnd(object)) {
            checksum = FrameLines.checkEnd(object, version, counts.byLabel(), lines.checksum());
            if (readLine() != null) {
                throw new BadLineException("The file continues after the line of type 'end'.");
            }
            return null;
        }
        UserRecord found = RecordLine.record(object);
        checkOrder(found.kind());
        counts.add(found.kind());
        return found;
    }

    private void checkOrder(RecordKind kind) {
        boolean first = counts.total() == 0;
        if (first != (kind == RecordKind.USER)) {
            throw new BadLineException("There must be exactly one user, right after the header.");
        }
        if (kind.compareTo(last) < 0) {
            throw new BadLineException(
                    "A line of type " + kind.label() + " must not come after one of type " + last.label() + ".");
        }
        last = kind;
    }

    private void checked(Runnable check) {
        try {
            check.run();
        } catch (BadLineException e) {
            throw new EngineException(
                    file + ", line " + lines.number() + ": " + e.getMessage() + " Nothing was imported.", "",
                    e);
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public UserRecord next() {
        UserRecord current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        progress.accept(new Progress("Importing", Math.min(bytes.count, size), size, Progress.Unit.SHARE,
                counts.total() + " records"));
        advance();
        return current;
    }

    /// Returns the number of records read so far, by label of their kind.
    Map<String, Long> counts() {
        return counts.byLabel();
    }

    /// Returns the result of comparing the checksum, once all records are read.
    UserImport.Checksum checksum() {
        return checksum;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw UserFiles.failure("closed", file, e);
        }
    }

    /// Counts the bytes that are read.
    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
