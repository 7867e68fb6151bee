package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets time pass: for a limit, or until a server is asked again. A test passes its own.
@FunctionalInterface
interface Pause {
    /// Parks the thread.
    Pause REAL = time -> {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LanguageModelException("The call of the language model was interrupted.", null);
            }
            LockSupport.parkNanos(left);
        }
    };

    void pause(Duration time);
}
