package dev.memfuse.console.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Calls a refresh on the FX thread in a fixed rhythm, without the 60 pulses per second that a running JavaFX animation
/// costs. When the FX thread is busy, ticks are left out rather than queued.
public final class FxTicker implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofVirtual().name("memfuse-worker-ticker").factory());

    /// Starts ticking.
    public FxTicker(Duration period, Executor fx, Runnable refresh) {
        FxCoalescer target = new FxCoalescer(fx, refresh);
        clock.scheduleAtFixedRate(target::request, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
