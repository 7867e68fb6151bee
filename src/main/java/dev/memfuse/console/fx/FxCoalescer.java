package dev.memfuse.console.fx;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Turns any number of requests from any threads into at most one pending refresh on the FX thread. One per target:
/// a label, a table, a page.
public final class FxCoalescer {
    private final Executor fx;
    private final Runnable refresh;
    private final AtomicBoolean pending = new AtomicBoolean();

    /// @param fx runs on the FX thread, [FxThread#EXECUTOR] in the program
    /// @param refresh reads the newest state and shows it
    public FxCoalescer(Executor fx, Runnable refresh) {
        this.fx = fx;
        this.refresh = refresh;
    }

    /// Asks for a refresh. Never blocks.
    public void request() {
        if (pending.compareAndSet(false, true)) {
            fx.execute(() -> {
                // Cleared first: a request made while the refresh reads must not be lost.
                pending.set(false);
                refresh.run();
            });
        }
    }
}
