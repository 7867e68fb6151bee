package dev.memfuse.console.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javafx.application.Platform;

/// Finds what holds the FX thread. A thread of its own posts an event to the FX thread every 10 ms and measures how
/// long the FX thread worked before it came to the event: an input of the user would have waited for that.
///
/// It measures the processor time of the FX thread from the post to the event, not the time of the clock: on a machine
/// with other work, or while the collector stops the program, the FX thread waits for a processor, which is no fault of
/// what runs on it. A call that blocks without work is therefore not found; the rules of the architecture are for
/// those.
public final class FxWatchdog implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FRAMES = 25;

    /// A time in which the FX thread came to no other event.
    ///
    /// @param busy its processor time
    /// @param step name of the step of the test in which it began
    /// @param where what it did when it had used up half of the limit; empty when that was not seen
    public record Hold(Duration busy, String step, String where) {
        @Override
        public String toString() {
            return step + ": " + busy.toMillis() + " ms" + where;
        }
    }

    private final Duration limit;
    private final Thread fx;
    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread watching;
    private volatile String step = "";

    /// Watches from now on.
    ///
    /// @param limit processor time that is too long
    public FxWatchdog(Duration limit) {
        this.limit = limit;
        fx = OnFx.get(Thread::currentThread);
        watching = Thread.ofPlatform().name("fx-watchdog").daemon().start(this::watch);
    }

    /// Names what the test does from now on.
    public void step(String name) {
        step = name;
    }

    /// Returns the holds over the limit so far.
    public List<Hold> holds() {
        return List.copyOf(holds);
    }

    private void watch() {
        try {
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                post();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post() throws InterruptedException {
        String begun = step;
        long before = THREADS.getThreadCpuTime(fx.threadId());
        long[] after = new long[1];
        CountDownLatch ran = new CountDownLatch(1);
        Platform.runLater(() -> {
            after[0] = THREADS.getCurrentThreadCpuTime();
            ran.countDown();
        });
        String where = "";
        while (!ran.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            long busy = THREADS.getThreadCpuTime(fx.threadId()) - before;
            if (where.isEmpty() && busy > limit.toNanos() / 2) {
                where = stack();
            }
        }
        Duration busy = Duration.ofNanos(after[0] - before);
        if (busy.compareTo(limit) > 0) {
            holds.add(new Hold(busy, begun, where));
        }
    }

    private String stack() {
        return Arrays.stream(fx.getStackTrace()).limit(FRAMES).map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    /// Ends the watch, after the event that is under way.
    @Override
    public void close() {
        stopped.countDown();
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
