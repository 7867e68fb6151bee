package dev.memfuse.background;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The end of a process that this one started.
public final class ProcessEnd {
    private ProcessEnd() {}

    /// Waits for a process that was asked to end, also on an interrupted thread, and kills it when it does not, or when
    /// the thread is interrupted meanwhile. The thread stays interrupted.
    public static void awaitOrKill(Process process, Duration limit) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
