package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.console.chart.ChartSpec;
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
    /// Percentile of the series of latencies from the schedule.
    private static final double SCHEDULED_PERCENTILE = 99;
    /// Two for each slice of the older history.
    private static final int OLDER_SAMPLES = 1_500;
    private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final LiveRing throughput = ring(LiveCharts.THROUGHPUT, SECOND_SAMPLES);
    private final LiveRing errors = ring(LiveCharts.ERRORS, SECOND_SAMPLES);
    private final LiveRing stages = ring(LiveCharts.STAGE_TIMES, SECOND_SAMPLES);
    private final LiveRing pool = ring(LiveCharts.POOL, GAUGE_SAMPLES);
    private final LiveRing buffers = ring(LiveCharts.BUFFERS, GAUGE_SAMPLES);
    private final ProgramFeed program = new ProgramFeed(SECOND_SAMPLES, OLDER_SAMPLES);
    private final JournalFeed journal = new JournalFeed(GAUGE_SAMPLES);
    private final Map<Operation, LiveRing> latency = new EnumMap<>(Operation.class);
    /// Number of operations of each sample of [#latency].
    private final Map<Operation, LiveRing> counts = new EnumMap<>(Operation.class);
    private @Nullable MetricsSnapshot second;
    private boolean hasOperations;

    LiveFeed() {
        for (Operation operation : LiveCharts.CALLS) {
            latency.put(operation, ring(LiveCharts.LATENCY, SECOND_SAMPLES));
            counts.put(operation, LiveRing.of(1, SECOND_SAMPLES, OLDER_SAMPLES));
        }
    }

    private static LiveRing ring(ChartSpec spec, int samples) {
        return LiveRing.of(spec.series().size(), samples, OLDER_SAMPLES);
    }

    /// Returns the samples of all charts.
    List<LiveRing> rings() {
        List<LiveRing> rings = new ArrayList<>(List.of(throughput, errors, stages, pool, buffers));
        rings.addAll(program.rings());
        rings.addAll(latency.values());
        rings.addAll(counts.values());
        return rings;
    }

    /// Removes the samples of the last minutes; the older ones stay.
    void clear() {
        rings().forEach(LiveRing::clear);
        journal.clear();
        second = null;
        hasOperations = throughput.older().size() > 0;
    }

    void accept(MetricsSnapshot snapshot) {
        long at = snapshot.at().toEpochMilli();
        var gauges = snapshot.pool();
        pool.samples().append(at, gauges.active(), gauges.idle(), gauges.waiting(), gauges.limit());
        var waiting = snapshot.buffers();
        buffers.samples().append(at, waiting.round(), waiting.hybrid(), waiting.inFlight(), waiting.queued(),
                waiting.extraction(), snapshot.journal().rounds());
        journal.accept(at, snapshot.journal());
        hasOperations |= !snapshot.operations().isEmpty();
        if (beginsASecond(snapshot)) {
            second = snapshot;
            acceptSecond(at, snapshot);
            program.accept(at, snapshot);
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
        throughput.samples().append(at, rates);
        errors.samples().append(at, failures);
        latency.forEach((operation, ring) -> appendLatency(ring.samples(), at, snapshot.operation(operation)));
        counts.forEach((operation, ring) -> ring.samples().append(at, snapshot.operation(operation).count()));
        double[] times = new double[LiveCharts.STAGES.size()];
        for (int i = 0; i < times.length; i++) {
            Stage stage = LiveCharts.STAGES.get(i);
            times[i] = snapshot.stages().isEmpty()
                    ? Double.NaN
                    : snapshot.stages().getOrDefault(stage, 0.0) / MILLI;
        }
        stages.samples().append(at, times);
    }

    /// Appends a gap for a second without operations: it has no latency, and zero would be wrong.
    private static void appendLatency(SampleRing ring, long at, OperationSample sample) {
        if (sample.throughput() > 0) {
            ring.append(at, sample.p50() / MILLI, sample.p95() / MILLI, sample.p99() / MILLI,
                    sample.scheduledP99() > 0 ? sample.scheduledP99() / MILLI : Double.NaN);
        } else {
            ring.append(at, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    /// Returns whether the samples contain any operation.
    boolean hasOperations() {
        return hasOperations;
    }

    SampleRing throughput() {
        return throughput.samples();
    }

    SampleRing errors() {
        return errors.samples();
    }

    SampleRing stages() {
        return stages.samples();
    }

    SampleRing pool() {
        return pool.samples();
    }

    SampleRing buffers() {
        return buffers.samples();
    }

    /// Returns the samples of the program itself.
    ProgramFeed program() {
        return program;
    }

    JournalFeed journal() {
        return journal;
    }

    /// Returns the latency samples of add, query or list.
    SampleRing latency(Operation operation) {
        return latencyRing(operation).samples();
    }

    LiveRing throughputRing() {
        return throughput;
    }

    LiveRing errorsRing() {
        return errors;
    }

    LiveRing stagesRing() {
        return stages;
    }

    LiveRing poolRing() {
        return pool;
    }

    LiveRing buffersRing() {
        return buffers;
    }

    LiveRing latencyRing(Operation operation) {
        return of(latency, operation);
    }

    /// Returns the number of operations of each latency sample.
    LiveRing countRing(Operation operation) {
        return of(counts, operation);
    }

    private static LiveRing of(Map<Operation, LiveRing> rings, Operation operation) {
        LiveRing ring = rings.get(operation);
        if (ring == null) {
            throw new IllegalArgumentException("No latency samples of " + operation);
        }
        return ring;
    }

    /// Returns whether a percentile of the latency samples of an operation is rough.
    ///
    /// @param series index of the percentile among the series of the chart
    /// @param index index of the sample
    boolean isRough(Operation operation, int series, int index) {
        SampleRing ring = countRing(operation).samples();
        if (index < 0 || index >= ring.size()) {
            return false;
        }
        return !Percentiles.reliable(Math.round(ring.value(0, index)),
                series < LiveCharts.PERCENTILES.size() ? LiveCharts.PERCENTILES.get(series) : SCHEDULED_PERCENTILE);
    }
}
