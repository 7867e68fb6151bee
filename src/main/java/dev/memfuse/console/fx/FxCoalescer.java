package dev.memfuse.console.fx;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Merges requests from any thread into at most one pending refresh on the FX thread. Use one instance per target:
/// a label, a table, a page. Thread-safe.
public final class FxCoalescer {
    private final Executor fx;
    private final Runnable refresh;
    private final AtomicBoolean pending = new AtomicBoolean();

    /// @param fx executor of the FX thread, [FxThread#EXECUTOR] in production
    /// @param refresh reads the newest state and shows it
    public FxCoalescer(Executor fx, Runnable refresh) {
        this.fx = fx;
        this.refresh = refresh;
    }

    /// Requests a refresh. Does not block.
    public void request() {
        if (pending.compareAndSet(false, true)) {
            try {
                fx.execute(() -> {
                    // Cleared before the refresh: a request made during the refresh must not be lost.
                    pending.set(false);
                    refresh.run();
                });
            } catch (Throwable e) {
                // Otherwise no later request would be executed.
                pending.set(false);
                throw e;
            }
        }
    }
}
