package dev.memfuse.bench.harness;

import java.time.Duration;
import java.util.function.Consumer;

import dev.memfuse.progress.Progress;

/// Tells how far a run is, and the run whether to go on. Progress comes from one thread, the wish to stop from any.
public final class BenchWatch {
    private final Consumer<Progress> progress;
    private final Duration planned;
    private Duration passed = Duration.ZERO;
    private String step = "";
    private volatile boolean stopped;

    /// @param planned time of the whole run
    public BenchWatch(Consumer<Progress> progress, Duration planned) {
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
        progress.accept(new Progress(step, passed.toMillis(), planned.toMillis(), Progress.Unit.SHARE, ""));
    }

    public void stop() {
        stopped = true;
    }

    public boolean stopped() {
        return stopped;
    }
}
