package dev.memfuse.console.fx;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import javafx.application.Application;
import javafx.application.Platform;

import dev.memfuse.background.BackgroundThreads;

/// Starts JavaFX once in a process. Thread-safe.
public final class Toolkit {
    private static final long LIMIT_SECONDS = 60;
    private static final long EXIT_SECONDS = 5;
    private static final AtomicBoolean REQUESTED = new AtomicBoolean();

    private Toolkit() {}

    /// Starts the toolkit in the background unless it runs. Whether it could be started, [#start] says.
    public static void begin() {
        if (REQUESTED.compareAndSet(false, true)) {
            // Blocks until the toolkit ends. A failure of any kind ends the wait for it, which would last forever else.
            BackgroundThreads.platform("memfuse-toolkit").start(() -> {
                try {
                    Application.launch(MemFuse.class);
                } catch (Throwable e) {
                    MemFuse.STARTED.completeExceptionally(e);
                }
            });
        }
    }

    /// Starts the toolkit unless it runs, and waits until it can show windows. Not on the FX thread.
    ///
    /// @throws IllegalStateException when it does not start; a second attempt in this process fails too
    public static void start() {
        begin();
        await(MemFuse.STARTED);
    }

    /// Ends the toolkit if it was started; no window can be opened afterwards.
    public static void exit() {
        if (REQUESTED.get()) {
            // A toolkit that is still starting would not notice.
            MemFuse.STARTED.copy().orTimeout(EXIT_SECONDS, TimeUnit.SECONDS).handle((_, _) -> true).join();
            Platform.exit();
        }
    }

    private static void await(CompletableFuture<Void> started) {
        try {
            started.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause() instanceof TimeoutException
                    ? "The window system does not answer. Run without a window (--headless), or restart the desktop."
                    : "The window system cannot be used: " + e.getCause() + ". Run without a window (--headless).",
                    e.getCause());
        }
    }
}
