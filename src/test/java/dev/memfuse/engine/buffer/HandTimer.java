package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A timer whose tasks the test takes and runs.
final class HandTimer extends ScheduledThreadPoolExecutor {
    private final BlockingQueue<Scheduled> scheduled = new LinkedBlockingQueue<>();

    /// A scheduled task with its delay in seconds.
    record Scheduled(Runnable work, long seconds) {}

    HandTimer() {
        super(1, Thread.ofPlatform().daemon().factory());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        scheduled.add(new Scheduled(work, unit.toSeconds(delay)));
        return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    /// Returns the next scheduled task; waits for it.
    Scheduled next() throws InterruptedException {
        Scheduled next = scheduled.poll(20, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was scheduled within 20 s");
        return next;
    }
}
