package dev.memfuse.engine.buffer;

import java.util.concurrent.atomic.AtomicLong;

/// Memory for the texts of journaled rounds in all buffers. Beyond the limit a round keeps its place in the journal
/// only. Thread-safe.
public final class TextBudget {
    /// Share of the heap for texts that the journal holds too.
    private static final int HEAP_SHARE = 16;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /// @param limit in bytes
    public TextBudget(long limit) {
        this.limit = limit;
    }

    /// Returns a budget in proportion to the maximum size of the heap.
    public static TextBudget ofHeap() {
        return new TextBudget(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    boolean isSpent() {
        return used.get() >= limit;
    }

    void add(long bytes) {
        used.addAndGet(bytes);
    }
}
