package dev.memfuse.metrics;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// A bounded queue between the sampler and one reader. When the reader is slow the oldest snapshots are dropped and
/// counted; the sampler never waits. One writer, one reader.
public final class SnapshotInbox implements AutoCloseable {
    private final ArrayBlockingQueue<MetricsSnapshot> queue;
    private final LongAdder dropped = new LongAdder();
    private final Consumer<SnapshotInbox> onClose;

    SnapshotInbox(int capacity, Consumer<SnapshotInbox> onClose) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.onClose = onClose;
    }

    void offer(MetricsSnapshot snapshot) {
        while (!queue.offer(snapshot)) {
            if (queue.poll() != null) {
                dropped.increment();
            }
        }
    }

    /// The oldest snapshot not read yet, or null.
    public @Nullable MetricsSnapshot poll() {
        return queue.poll();
    }

    /// Snapshots lost because the reader was slow.
    public long dropped() {
        return dropped.sum();
    }

    /// Ends the subscription; closing twice is harmless.
    @Override
    public void close() {
        onClose.accept(this);
    }
}
