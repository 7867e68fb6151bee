package dev.memfuse.bootstrap.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;

/// Latency of operations, in total and by stage, in nanoseconds. One thread.
final class Stages {
    private final Histogram total = new Histogram(3);
    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);

    Stages(List<Stage> of) {
        of.forEach(stage -> stages.put(stage, new Histogram(3)));
    }

    /// Takes the operation that ended last on this thread.
    void record(Trace trace) {
        total.recordValue(trace.totalNanos());
        stages.forEach((stage, histogram) -> histogram.recordValue(trace.stageNanos(stage)));
    }

    Histogram total() {
        return total;
    }

    Histogram of(Stage stage) {
        return stages.getOrDefault(stage, total);
    }
}
