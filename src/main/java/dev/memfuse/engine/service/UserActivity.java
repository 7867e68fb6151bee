package dev.memfuse.engine.service;

import java.util.concurrent.atomic.AtomicBoolean;

/// Time of a user's last call, and the mark that the user's buffers hold something. Thread-safe.
final class UserActivity {
    private final Runnable onBuffered;
    private final AtomicBoolean written = new AtomicBoolean();
    private volatile long lastCallNanos = System.nanoTime();

    /// @param onBuffered called after each addition to the buffers
    UserActivity(Runnable onBuffered) {
        this.onBuffered = onBuffered;
    }

    /// Records a call.
    void called() {
        lastCallNanos = System.nanoTime();
    }

    /// Records an addition to the buffers. Called after it.
    void buffered() {
        onBuffered.run();
    }

    /// Returns true at the first call only, which follows the user's first write.
    boolean firstWrite() {
        return !written.get() && written.compareAndSet(false, true);
    }

    /// Returns the time since the last call, in nanoseconds.
    long idleNanos() {
        return System.nanoTime() - lastCallNanos;
    }
}
