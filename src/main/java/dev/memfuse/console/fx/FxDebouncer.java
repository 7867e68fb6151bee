package dev.memfuse.console.fx;

import java.time.Duration;

import javafx.animation.PauseTransition;

/// Runs an action once after a series of requests, when no further request came for a delay. FX thread only.
public final class FxDebouncer {
    private final PauseTransition delay;

    /// @param delay time without a request before the action runs
    /// @param action called on the FX thread
    public FxDebouncer(Duration delay, Runnable action) {
        this.delay = new PauseTransition(javafx.util.Duration.millis(delay.toMillis()));
        this.delay.setOnFinished(_ -> action.run());
    }

    /// Requests the action; the delay starts anew.
    public void request() {
        delay.playFromStart();
    }

    /// Drops a pending request.
    public void cancel() {
        delay.stop();
    }
}
