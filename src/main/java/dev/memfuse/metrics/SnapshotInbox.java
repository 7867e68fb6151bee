package dev.memfuse.metrics;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// A bounded queue from the sampler to one reader. When it is full, the oldest snapshot is dropped and counted; the
/// sampler never waits. One writer, one reader.
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

    /// Returns and removes the oldest unread snapshot; null when there is none.
    public @Nullable MetricsSnapshot poll() {
        return queue.poll();
    }

    /// Returns and removes the oldest unread snapshot. Blocks until there is one.
    public MetricsSnapshot take() throws InterruptedException {
        return queue.take();
    }

    /// Returns the number of dropped snapshots.
    public long dropped() {
        return dropped.sum();
    }

    /// Ends the subscription; closing twice has no effect.
    @Override
    public void close() {
        onClose.accept(this);
    }
}
