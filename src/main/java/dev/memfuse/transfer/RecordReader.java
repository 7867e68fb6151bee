package dev.memfuse.transfer;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the records of one file, line by line, and checks each line. Not thread-safe.
final class RecordReader implements Iterator<UserRecord>, AutoCloseable {
    private final Path file;
    private final Progress progress;
    private final long size;
    private final Counting bytes;
    private final BufferedReader lines;
    private final RecordCounts counts = new RecordCounts();
    private @Nullable UserRecord next;
    private RecordKind last = RecordKind.USER;
    private long line;

    /// Opens the file and reads up to the first record.
    ///
    /// @throws EngineException when the file cannot be read, or does not begin as it must
    RecordReader(Path file, Progress progress) {
        this.file = file;
        this.progress = progress;
        try {
            size = Math.max(1, Files.size(file));
            bytes = new Counting(Files.newInputStream(file));
            lines = open();
        } catch (IOException e) {
            throw UserFiles.trouble("read", file, e);
        }
        try {
            header();
            advance();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private BufferedReader open() throws IOException {
        try {
            return UserFiles.reader(file, bytes);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private void header() {
        String first = readLine();
        checked(() -> FrameLines.checkHeader(RecordLine.object(first == null ? "" : first)));
    }

    private @Nullable String readLine() {
        try {
            line++;
            return lines.readLine();
        } catch (IOException e) {
            throw UserFiles.trouble("read beyond line " + (line - 1), file, e);
        }
    }

    private void advance() {
        String text = readLine();
        checked(() -> next = parse(text));
    }

    private @Nullable UserRecord parse(@Nullable String text) {
        if (text == null) {
            throw new BadLineException("The file is cut off: its last line must be of type 'end'.");
        }
        ObjectNode object = RecordLine.object(text);
        if (FrameLines.isEnd(object)) {
            FrameLines.checkEnd(object, counts.byLabel());
            line++;
            if (readRest() != null) {
                throw new BadLineException("There is something behind the last line.");
            }
            return null;
        }
        UserRecord found = RecordLine.record(object);
        checkOrder(found.kind());
        counts.add(found.kind());
        return found;
    }

    private @Nullable String readRest() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw UserFiles.trouble("read to its end", file, e);
        }
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
            throw new EngineException(file + ", line " + line + ": " + e.getMessage() + " Nothing was imported.", "",
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
        progress.done(counts.total(), Math.min(1, (double) bytes.count / size));
        advance();
        return current;
    }

    /// Records read so far, by the label of their kind.
    Map<String, Long> counts() {
        return counts.byLabel();
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw UserFiles.trouble("closed", file, e);
        }
    }

    /// Counts the bytes that are read from a file.
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
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
