package dev.memfuse.log;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Reads a log file while a process writes it: the end, later additions across a roll of the file, and the entries
/// around a moment, from rolled files too. One call reads at most [#MAX_BYTES].
///
/// Every method blocks. Not thread-safe: one call at a time.
public final class LogReader implements AutoCloseable {
    /// Maximum number of bytes that one call reads.
    public static final int MAX_BYTES = 4 << 20;
    private static final int BLOCK = 64 << 10;

    private final Path file;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private List<String> held = new ArrayList<>();
    private @Nullable SeekableByteChannel channel;
    private @Nullable Object key;

    /// Creates a reader; the first read opens the file.
    public LogReader(Path file) {
        this.file = file;
    }

    /// Reads the newest entries, from a rolled file too when the current one is short.
    ///
    /// @throws IOException when the file cannot be read
    public List<LogEntry> tail() throws IOException {
        SeekableByteChannel opened = open();
        long size = opened.size();
        List<String> lines = new ArrayList<>();
        List<Path> files = LogFiles.of(file);
        if (size < MAX_BYTES && files.size() > 1) {
            lines.addAll(end(files.get(files.size() - 2), MAX_BYTES - size));
        }
        opened.position(Math.max(0, size - MAX_BYTES));
        lines.addAll(lines(opened));
        return LogEntry.read(lines);
    }

    /// Reads the entries since the last call of this method or of [#tail]. The newest entry is held back until the file
    /// stands still or another follows, because its lines may be incomplete.
    ///
    /// @throws IOException when the file cannot be read; a later call may succeed
    public List<LogEntry> next() throws IOException {
        SeekableByteChannel opened = channel;
        if (opened == null) {
            return tail();
        }
        List<String> ready = new ArrayList<>(held);
        List<String> lines = lines(opened);
        if (lines.isEmpty() && isReplaced(opened)) {
            // Lines written between the previous read and the roll of the file.
            ready.addAll(lines(opened));
            lines = lines(open());
        }
        ready.addAll(lines);
        held = new ArrayList<>();
        if (!lines.isEmpty()) {
            int last = lastEntry(ready);
            held.addAll(ready.subList(last, ready.size()));
            ready = ready.subList(0, last);
        }
        return LogEntry.read(ready);
    }

    /// Reads the entries before and after a moment from the file that holds it. For a moment
    /// older than every file these are the oldest entries.
    ///
    /// @param entries maximum number of entries on each side
    /// @throws IOException when a file cannot be read
    public List<LogEntry> around(Instant moment, int entries) throws IOException {
        List<Path> files = LogFiles.of(file);
        int index = files.size() - 1;
        while (index > 0 && begin(files.get(index)).isAfter(moment)) {
            index--;
        }
        List<LogEntry> all = LogEntry.read(text(files.get(index)));
        int at = 0;
        while (at < all.size() && all.get(at).at().isBefore(moment)) {
            at++;
        }
        return all.subList(Math.max(0, at - entries), Math.min(all.size(), at + entries));
    }

    /// Returns the lines of a file. Bytes that are no UTF-8, as a kill may leave them, are replaced.
    private static List<String> text(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    }

    /// Returns the time of the first entry, or [Instant#MAX] when there is none.
    private static Instant begin(Path path) throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var entry = LogEntry.parse(line);
                if (entry.isPresent()) {
                    return entry.get().at();
                }
            }
        }
        return Instant.MAX;
    }

    private static int lastEntry(List<String> lines) {
        for (int i = lines.size() - 1; i > 0; i--) {
            if (LogEntry.parse(lines.get(i)).isPresent()) {
                return i;
            }
        }
        return 0;
    }

    private SeekableByteChannel open() throws IOException {
        close();
        SeekableByteChannel opened = Files.newByteChannel(file);
        channel = opened;
        key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        unfinished.reset();
        held = new ArrayList<>();
        return opened;
    }

    /// Returns whether the path names another file than before. On systems without file keys, a shorter file is another
    /// file.
    private boolean isReplaced(SeekableByteChannel opened) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return key != null ? !key.equals(now.fileKey()) : now.size() < opened.position();
    }

    private static List<String> end(Path path, long bytes) throws IOException {
        try (SeekableByteChannel rolled = Files.newByteChannel(path)) {
            long from = Math.max(0, rolled.size() - bytes);
            ByteBuffer buffer = ByteBuffer.allocate((int) (rolled.size() - from));
            rolled.position(from);
            while (buffer.hasRemaining() && rolled.read(buffer) >= 0) {
                // Until the end.
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /// Returns the complete lines from the position on.
    private List<String> lines(SeekableByteChannel from) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (int read = 0; read < MAX_BYTES && from.read(block.clear()) > 0; read += block.limit()) {
            block.flip();
            int begin = 0;
            for (int i = 0; i < block.limit(); i++) {
                if (block.get(i) == '\n') {
                    unfinished.write(block.array(), begin, i - begin);
                    lines.add(unfinished.toString(StandardCharsets.UTF_8));
                    unfinished.reset();
                    begin = i + 1;
                }
            }
            unfinished.write(block.array(), begin, block.limit() - begin);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        SeekableByteChannel opened = channel;
        channel = null;
        if (opened != null) {
            opened.close();
        }
    }
}
