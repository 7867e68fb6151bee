package dev.memfuse.bench.harness;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;

/// Latency of operations, in total and by stage, in nanoseconds. One thread.
public final class StageLatencies {
    private final Histogram total = new Histogram(3);
    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);

    public StageLatencies(List<Stage> of) {
        of.forEach(stage -> stages.put(stage, new Histogram(3)));
    }

    /// Takes the operation that ended last on this thread.
    public void record(Trace trace) {
        total.recordValue(trace.totalNanos());
        stages.forEach((stage, histogram) -> histogram.recordValue(trace.stageNanos(stage)));
    }

    public Histogram total() {
        return total;
    }

    public Histogram of(Stage stage) {
        return stages.getOrDefault(stage, total);
    }
}
