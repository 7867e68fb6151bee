package dev.memfuse.bench.harness;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;

/// Latency histograms of operations in nanoseconds, in total and by stage. One thread.
public final class StageLatencies {
    private final Histogram total = new Histogram(3);
    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);

    /// @param recorded the stages to record
    public StageLatencies(List<Stage> recorded) {
        recorded.forEach(stage -> stages.put(stage, new Histogram(3)));
    }

    /// Records the operation that ended last on this thread.
    public void record(Trace trace) {
        total.recordValue(trace.totalNanos());
        stages.forEach((stage, histogram) -> histogram.recordValue(trace.stageNanos(stage)));
    }

    /// Returns the total latencies.
    public Histogram total() {
        return total;
    }

    /// Returns the latencies of a recorded stage.
    ///
    /// @throws NullPointerException when the stage is not recorded
    public Histogram of(Stage stage) {
        return Objects.requireNonNull(stages.get(stage));
    }
}
