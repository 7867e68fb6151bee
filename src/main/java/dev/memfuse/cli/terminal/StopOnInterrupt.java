package dev.memfuse.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl+C end work early instead of losing it: the JVM goes down only after the work was stopped and its results
/// were printed, or after a limit.
public final class StopOnInterrupt implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /// @param stop called when the program is asked to end; must return soon
    public StopOnInterrupt(Runnable stop) {
        hook = Thread.ofPlatform().name("stop-on-interrupt").unstarted(() -> {
            requested = true;
            stop.run();
            awaitFinished();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether the program was asked to end.
    public boolean requested() {
        return requested;
    }

    private void awaitFinished() {
        try {
            // Whether it finished or the limit passed makes no difference: the JVM must go now.
            boolean _ = finished.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The results are out.
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down already: the hook has done its work.
        }
    }
}
