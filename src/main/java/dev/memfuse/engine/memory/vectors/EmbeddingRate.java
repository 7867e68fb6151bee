package dev.memfuse.engine.memory.vectors;

import java.util.concurrent.TimeUnit;

/// Number and speed of embedded messages: an average whose weights halve each minute. Thread-safe.
final class EmbeddingRate {
    private static final double HALF_LIFE_NANOS = TimeUnit.MINUTES.toNanos(1);
    /// Intervals shorter than this are taken together.
    private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long done;
    private long sinceUpdate;
    private long updatedAt;
    private double perSecond;

    synchronized void add(int messages, long now) {
        if (updatedAt == 0) {
            updatedAt = now;
        }
        done += messages;
        sinceUpdate += messages;
        update(now);
    }

    private void update(long now) {
        long elapsed = now - updatedAt;
        if (updatedAt == 0 || elapsed < MIN_NANOS) {
            return;
        }
        double current = sinceUpdate * 1e9 / elapsed;
        double kept = perSecond == 0 ? 0 : Math.pow(0.5, elapsed / HALF_LIFE_NANOS);
        perSecond = kept * perSecond + (1 - kept) * current;
        sinceUpdate = 0;
        updatedAt = now;
    }

    synchronized long done() {
        return done;
    }

    synchronized double perSecond(long now) {
        update(now);
        return perSecond;
    }
}
