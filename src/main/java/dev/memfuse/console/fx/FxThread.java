package dev.memfuse.console.fx;

import java.util.concurrent.Executor;

import javafx.application.Platform;

/// Executes on the FX thread. View models take it as an [Executor], so their tests run without a toolkit.
public final class FxThread {
    /// Runs on the FX thread later, also when called on the FX thread.
    public static final Executor EXECUTOR = Platform::runLater;

    private FxThread() {}

    /// Runs `action` on the FX thread; immediately when called on the FX thread.
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            Platform.runLater(action);
        }
    }
}
