package dev.memfuse.console.live;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// Converts snapshots to the samples of the charts. Not thread-safe.
///
/// Gauges have a value in each snapshot. Rates and percentiles describe a complete second and are constant until the
/// next second is complete, so they become one sample per second.
final class LiveFeed {
    private static final int GAUGE_SAMPLES = 12_000;
    private static final int SECOND_SAMPLES = 900;
    private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SampleRing throughput = new SampleRing(LiveCharts.THROUGHPUT.series().size(), SECOND_SAMPLES);
    private final SampleRing errors = new SampleRing(LiveCharts.ERRORS.series().size(), SECOND_SAMPLES);
    private final SampleRing stages = new SampleRing(LiveCharts.STAGE_TIMES.series().size(), SECOND_SAMPLES);
    private final SampleRing pool = new SampleRing(LiveCharts.POOL.series().size(), GAUGE_SAMPLES);
    private final SampleRing buffers = new SampleRing(LiveCharts.BUFFERS.series().size(), GAUGE_SAMPLES);
    private final JournalFeed journal = new JournalFeed(GAUGE_SAMPLES);
    private final Map<Operation, SampleRing> latency = new EnumMap<>(Operation.class);
    /// Number of operations of each sample of [#latency].
    private final Map<Operation, SampleRing> counts = new EnumMap<>(Operation.class);
    private @Nullable MetricsSnapshot second;
    private boolean hasOperations;

    LiveFeed() {
        for (Operation operation : List.of(Operation.ADD, Operation.QUERY)) {
            latency.put(operation, new SampleRing(LiveCharts.LATENCY.series().size(), SECOND_SAMPLES));
            counts.put(operation, new SampleRing(1, SECOND_SAMPLES));
        }
    }

    void clear() {
        List.of(throughput, errors, stages, pool, buffers).forEach(SampleRing::clear);
        latency.values().forEach(SampleRing::clear);
        counts.values().forEach(SampleRing::clear);
        journal.clear();
        second = null;
        hasOperations = false;
    }

    void accept(MetricsSnapshot snapshot) {
        long at = snapshot.at().toEpochMilli();
        var gauges = snapshot.pool();
        pool.append(at, gauges.active(), gauges.idle(), gauges.waiting(), gauges.limit());
        var waiting = snapshot.buffers();
        buffers.append(at, waiting.round(), waiting.hybrid(), waiting.inFlight(), waiting.queued(),
                waiting.extraction(), snapshot.journal().rounds());
        journal.accept(at, snapshot.journal());
        hasOperations |= !snapshot.operations().isEmpty();
        if (beginsASecond(snapshot)) {
            second = snapshot;
            acceptSecond(at, snapshot);
        }
    }

    private boolean beginsASecond(MetricsSnapshot snapshot) {
        MetricsSnapshot before = second;
        return before == null || snapshot.second() != before.second();
    }

    private void acceptSecond(long at, MetricsSnapshot snapshot) {
        List<Operation> shown = LiveCharts.CALLS;
        double[] rates = new double[LiveCharts.THROUGHPUT.series().size()];
        double[] failures = new double[LiveCharts.ERRORS.series().size()];
        int others = shown.size();
        snapshot.operations().forEach((operation, sample) -> {
            int series = shown.indexOf(operation);
            if (operation.isOfCaller()) {
                rates[series < 0 ? others : series] += sample.throughput();
                failures[series < 0 ? others : series] += sample.errors();
            } else {
                failures[others + 1] += sample.errors();
            }
        });
        rates[others + 1] = snapshot.operation(Operation.FLUSH).throughput();
        failures[others + 2] = snapshot.pool().timeouts();
        throughput.append(at, rates);
        errors.append(at, failures);
        latency.forEach((operation, ring) -> appendLatency(ring, at, snapshot.operation(operation)));
        counts.forEach((operation, ring) -> ring.append(at, snapshot.operation(operation).count()));
        double[] times = new double[LiveCharts.STAGES.size()];
        for (int i = 0; i < times.length; i++) {
            Stage stage = LiveCharts.STAGES.get(i);
            times[i] = snapshot.stages().isEmpty()
                    ? Double.NaN
                    : snapshot.stages().getOrDefault(stage, 0.0) / MILLI;
        }
        stages.append(at, times);
    }

    /// Appends a gap for a second without operations: it has no latency, and zero would be wrong.
    private static void appendLatency(SampleRing ring, long at, OperationSample sample) {
        if (sample.throughput() > 0) {
            ring.append(at, sample.p50() / MILLI, sample.p95() / MILLI, sample.p99() / MILLI);
        } else {
            ring.append(at, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    /// Returns whether the samples contain any operation.
    boolean hasOperations() {
        return hasOperations;
    }

    SampleRing throughput() {
        return throughput;
    }

    SampleRing errors() {
        return errors;
    }

    SampleRing stages() {
        return stages;
    }

    SampleRing pool() {
        return pool;
    }

    SampleRing buffers() {
        return buffers;
    }

    JournalFeed journal() {
        return journal;
    }

    /// Returns the latency samples of add or query.
    SampleRing latency(Operation operation) {
        SampleRing ring = latency.get(operation);
        if (ring == null) {
            throw new IllegalArgumentException("No latency samples of " + operation);
        }
        return ring;
    }

    /// Returns whether a percentile of the latency samples of add or query is rough.
    ///
    /// @param series index of the percentile among the series of the chart
    /// @param index index of the sample
    boolean isRough(Operation operation, int series, int index) {
        SampleRing ring = counts.get(operation);
        if (ring == null || index < 0 || index >= ring.size()) {
            return false;
        }
        return !Percentiles.reliable(Math.round(ring.value(0, index)), LiveCharts.PERCENTILES.get(series));
    }
}
