package dev.memfuse.lab.retrieval;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.memfuse.lab.retrieval.RetrievalReport.Latency;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;

/// Latency of queries, in total and by stage. One thread.
final class QueryTimes {
    private static final int DIGITS = 3;

    private final Histogram total = new Histogram(DIGITS);
    private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);

    /// Records the query that ended last on this thread.
    void record() {
        Trace trace = Trace.current();
        total.recordValue(trace.totalNanos());
        for (Stage stage : Stage.values()) {
            stages.computeIfAbsent(stage, _ -> new Histogram(DIGITS)).recordValue(trace.stageNanos(stage));
        }
    }

    /// Returns the total first, then each stage that took time, by its label.
    Map<String, Latency> latencies() {
        Map<String, Latency> latencies = new LinkedHashMap<>();
        latencies.put("total", latency(total));
        stages.forEach((stage, times) -> {
            if (times.getMaxValue() > 0) {
                latencies.put(stage.label(), latency(times));
            }
        });
        return latencies;
    }

    private static Latency latency(Histogram times) {
        return new Latency(Percentiles.ms(times, 50), Percentiles.ms(times, 95), Percentiles.ms(times, 99),
                Percentiles.maxMs(times), times.getTotalCount());
    }
}
