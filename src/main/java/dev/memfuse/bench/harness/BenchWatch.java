package dev.memfuse.bench.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.progress.Progress;

/// Reports the progress of a run and carries the request to stop it. Progress is reported by one thread; [#stop] and
/// [#stopped] are thread-safe.
public final class BenchWatch {
    private static final Duration STEP = Duration.ofMillis(100);

    private final Consumer<Progress> progress;
    private final Duration planned;
    private Duration passed = Duration.ZERO;
    private String step = "";
    private volatile boolean stopped;

    /// @param progress receives the steps, on the thread that runs the benchmarks
    /// @param planned time of the whole run
    public BenchWatch(Consumer<Progress> progress, Duration planned) {
        this.progress = progress;
        this.planned = planned;
    }

    /// Reports the beginning of a step.
    ///
    /// @param next the step, in words for the user
    public void step(String next) {
        step = next;
        report();
    }

    /// Adds to the completed part of the planned time.
    public void passed(Duration time) {
        passed = passed.plus(time);
        report();
    }

    private void report() {
        progress.accept(new Progress(step, passed.toMillis(), planned.toMillis(), Progress.Unit.SHARE, ""));
    }

    /// Lets the machine rest for a time, or until the end of the run is requested.
    public void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && !stopped) {
            LockSupport.parkNanos(Math.min(STEP.toNanos(), end - System.nanoTime()));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /// Requests the end of the run.
    public void stop() {
        stopped = true;
    }

    /// Returns whether the end was requested.
    public boolean stopped() {
        return stopped;
    }
}
