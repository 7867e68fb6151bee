package dev.memfuse.console.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundThreads;

/// Calls a refresh on the FX thread at a fixed rate, without the 60 pulses per second of a running JavaFX animation.
/// While the FX thread is busy, ticks are skipped and not queued. Closing stops it.
public final class FxTicker implements AutoCloseable {
    private final ScheduledExecutorService clock = BackgroundThreads.virtualTimer("memfuse-worker-ticker");

    /// Starts the ticker.
    ///
    /// @param period time between two calls; the first call is immediate
    /// @param fx executor of the FX thread, [FxThread#EXECUTOR] in production
    public FxTicker(Duration period, Executor fx, Runnable refresh) {
        FxCoalescer target = new FxCoalescer(fx, refresh);
        clock.scheduleAtFixedRate(target::request, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
