package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits: for the rate limit, or before a retry. Tests use another implementation.
@FunctionalInterface
interface Pause {
    /// Parks the current thread. Throws a [LanguageModelException] when it is interrupted.
    Pause REAL = time -> {
        long end = System.nanoTime() + time.toNanos();
        for (long remaining = time.toNanos(); remaining > 0; remaining = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LanguageModelException("The call of the language model was interrupted.", null);
            }
            LockSupport.parkNanos(remaining);
        }
    };

    /// Waits for a time.
    void pause(Duration time);
}
