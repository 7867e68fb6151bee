package dev.memfuse.postgres.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The net under a program that ends without closing its server: a shutdown hook. Hooks run side by side, so it first
/// leaves whoever is in charge the time to close things in the right order.
final class ShutdownHook {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private ShutdownHook(Duration grace, Runnable close) {
        this.hook = new Thread(() -> {
            if (!isClosedWithin(grace)) {
                close.run();
            }
        }, "engine-postgres-exit");
    }

    static ShutdownHook install(Duration grace, Runnable close) {
        var guard = new ShutdownHook(grace, close);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        return guard;
    }

    /// The server is being closed: the hook is not needed any more.
    void remove() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending already, and the hook finds the latch open.
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
