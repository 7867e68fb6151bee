package dev.memfuse.background;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// A timer with one thread whose periodic tasks survive their failures. `ScheduledThreadPoolExecutor` alone cancels a
/// periodic task in silence when one turn of it fails.
final class BackgroundTimer extends ScheduledThreadPoolExecutor {
    private final String name;
    private final Pulse pulse;

    BackgroundTimer(String name, ThreadFactory threads, Duration stallLimit) {
        super(1, threads);
        this.name = name;
        pulse = new Pulse(name, stallLimit);
        setRemoveOnCancelPolicy(true);
        BackgroundHealth.add(pulse);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(() -> survive(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(() -> survive(task), initialDelay, delay, unit);
    }

    /// A task that runs once: its failure is reported and is in the future.
    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                report(e);
                throw e;
            }
        }, delay, unit);
    }

    /// A task with a result: its failure is in the future alone, which the caller must read.
    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return super.schedule(task, delay, unit);
    }

    private void survive(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    /// Tasks may meet a component that closes before its timer.
    private void report(Throwable failure) {
        if (!(isShutdown() && failure instanceof RejectedExecutionException)) {
            BackgroundHealth.report(name, failure);
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        pulse.busy();
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        pulse.idle();
    }

    @Override
    protected void terminated() {
        BackgroundHealth.remove(pulse);
    }
}
