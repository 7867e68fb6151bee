package dev.memfuse.engine.service;

/// Time of a user's last call, and the mark that the user's buffers hold something. Thread-safe.
final class UserActivity {
    private final Runnable onBuffered;
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

    /// Returns the time since the last call, in nanoseconds.
    long idleNanos() {
        return System.nanoTime() - lastCallNanos;
    }
}
