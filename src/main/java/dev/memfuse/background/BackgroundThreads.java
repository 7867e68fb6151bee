package dev.memfuse.background;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Creates the threads and executors of the program. Nothing else does: a failure that ends one of these threads is
/// reported to [BackgroundHealth], never lost. Thread-safe.
public final class BackgroundThreads {
    /// A task of a timer that lasts longer than this stands still.
    public static final Duration STALL_LIMIT = Duration.ofSeconds(10);

    private static final long IDLE_SECONDS = 10;

    private BackgroundThreads() {}

    /// Returns a builder of virtual threads that report what ends them.
    ///
    /// @param name name of the threads, and of the component in reports
    public static Thread.Builder.OfVirtual virtual(String name) {
        return Thread.ofVirtual().name(name)
                .uncaughtExceptionHandler((_, failure) -> BackgroundHealth.report(name, failure));
    }

    /// Returns a builder of platform threads that are daemons and report what ends them.
    ///
    /// @param name name of the threads, and of the component in reports
    public static Thread.Builder.OfPlatform platform(String name) {
        return Thread.ofPlatform().daemon().name(name)
                .uncaughtExceptionHandler((_, failure) -> BackgroundHealth.report(name, failure));
    }

    /// Returns a thread for a shutdown hook. It is no daemon and not started.
    public static Thread hook(String name, Runnable body) {
        return platform(name).daemon(false).unstarted(body);
    }

    /// Returns an executor with a new virtual thread for each task. Failures of [ExecutorService#execute] are reported;
    /// those of [ExecutorService#submit] are in the future, which the caller must read.
    ///
    /// @param name name of the threads before their number, and of the component in reports
    public static ExecutorService virtualPerTask(String name) {
        return Executors.newThreadPerTaskExecutor(virtual(name).name(name + "-", 1).factory());
    }

    /// Returns an executor with as many platform threads as there are tasks, which end when idle. Failures as in
    /// [#virtualPerTask].
    public static ExecutorService platformPool(String name) {
        return Executors.newCachedThreadPool(platform(name).name(name + "-", 1).factory());
    }

    /// Returns an executor with at most a number of platform threads, which end when idle. Further tasks wait. Failures
    /// as in [#virtualPerTask].
    ///
    /// @param threads at least 1
    public static ExecutorService boundedPool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), platform(name).name(name + "-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Returns an executor with one platform thread, which ends when idle, and a bounded queue. A task that does not
    /// fit is dropped. Failures as in [#virtualPerTask].
    ///
    /// @param queued maximum number of waiting tasks, at least 1
    public static ThreadPoolExecutor droppingPool(String name, int queued) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued), platform(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Returns a timer with one daemon thread. Each failure of a task is reported, and a periodic task goes on at its
    /// next time.
    public static ScheduledExecutorService timer(String name) {
        return timer(name, STALL_LIMIT);
    }

    /// @param stallLimit a task that lasts longer stands still
    public static ScheduledExecutorService timer(String name, Duration stallLimit) {
        return new BackgroundTimer(name, platform(name).factory(), stallLimit);
    }

    /// Returns a timer on a virtual thread.
    public static ScheduledExecutorService virtualTimer(String name) {
        return new BackgroundTimer(name, virtual(name).factory(), STALL_LIMIT);
    }
}
