package dev.memfuse.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.file.FileFailures;

/// The baseline of the journal, a minimal group commit: writes all queued records into a preallocated file, forces it
/// once, then completes their callers. No checksum, no limit, no recovery. Thread-safe.
final class ForceLoop implements AutoCloseable {
    private static final int FILE_BYTES = 16 << 20;
    private static final int GROUP = 1024;

    private final BlockingQueue<CompletableFuture<Boolean>> queue = new LinkedBlockingQueue<>();
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer group;
    private final int recordBytes;
    private final CompletableFuture<Boolean> last = new CompletableFuture<>();
    private final int fileBytes;
    private long position;

    /// @param folder on the measured disk; created when missing
    /// @param recordBytes size of each record
    ForceLoop(Path folder, int recordBytes) {
        this(folder, recordBytes, FILE_BYTES);
    }

    /// @param fileBytes the file is written again from its begin beyond this size; at least 1024 records
    ForceLoop(Path folder, int recordBytes, int fileBytes) {
        this.recordBytes = recordBytes;
        this.fileBytes = fileBytes;
        this.group = ByteBuffer.allocateDirect(GROUP * recordBytes);
        try {
            Files.createDirectories(folder);
            file = Files.createTempFile(folder, "bench", ".log");
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.write(ByteBuffer.allocate(fileBytes), 0);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be written: " + FileFailures.reason(e), e);
        }
        BackgroundThreads.platform("engine-bench-force").start(this::loop);
    }

    /// Writes a record; blocks until it is on the disk.
    void append() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        queue.add(done);
        done.join();
    }

    private void loop() {
        List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        while (!last.isDone()) {
            waiting.clear();
            try {
                waiting.add(queue.take());
                queue.drainTo(waiting, GROUP - 1);
                write(waiting.size() * recordBytes);
                waiting.forEach(done -> done.complete(true));
            } catch (Throwable e) {
                waiting.forEach(done -> done.completeExceptionally(e));
            }
        }
    }

    private void write(int bytes) throws IOException {
        if (position + bytes > fileBytes) {
            position = 0;
        }
        group.clear().limit(bytes);
        while (group.hasRemaining()) {
            position += channel.write(group, position);
        }
        channel.force(false);
    }

    /// Ends the loop after the records before. Its end is a record in the queue: a loop that looked at a flag could see
    /// it before the record that wakes it, and leave that one waiting.
    @Override
    public void close() {
        queue.add(last);
        last.handle((_, _) -> true).join();
        try {
            channel.close();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be deleted: " + FileFailures.reason(e), e);
        }
    }
}
