package dev.memfuse.bench.harness;

import java.time.Duration;

import dev.memfuse.bench.BenchTask;

/// Tells how far a run is, and the run whether to go on. Progress comes from one thread, the wish to stop from any.
public final class BenchWatch {
    private final BenchTask.Progress progress;
    private final Duration planned;
    private Duration passed = Duration.ZERO;
    private String step = "";
    private volatile boolean stopped;

    /// @param planned time of the whole run
    public BenchWatch(BenchTask.Progress progress, Duration planned) {
        this.progress = progress;
        this.planned = planned;
    }

    /// Something else begins.
    public void step(String next) {
        step = next;
        tell();
    }

    /// So much of the planned time is done.
    public void passed(Duration time) {
        passed = passed.plus(time);
        tell();
    }

    private void tell() {
        progress.at(step, planned.isZero() ? 0 : (double) passed.toNanos() / planned.toNanos());
    }

    public void stop() {
        stopped = true;
    }

    public boolean stopped() {
        return stopped;
    }
}
