package dev.memfuse.postgres.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundThreads;

/// A shutdown hook that closes the server of a program that ends without doing so. Hooks run concurrently, so it first
/// waits for the orderly shutdown of the program.
final class ShutdownHook {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private ShutdownHook(Duration grace, Runnable close) {
        this.hook = BackgroundThreads.hook("engine-postgres-exit", () -> {
            if (!isClosedWithin(grace)) {
                close.run();
            }
        });
    }

    /// Installs a hook.
    ///
    /// @param grace wait for [#remove] before the hook closes the server
    /// @throws IllegalStateException when the program is ending already
    static ShutdownHook install(Duration grace, Runnable close) {
        var installed = new ShutdownHook(grace, close);
        Runtime.getRuntime().addShutdownHook(installed.hook);
        return installed;
    }

    /// Removes the hook, or releases it when it waits already. Called when the server is closed.
    void remove() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending already, and the open latch ends the hook.
        }
    }

    private boolean isClosedWithin(Duration grace) {
        try {
            return closed.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
