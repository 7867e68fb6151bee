package dev.memfuse.console.target;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;

/// Converts the samples of a target to those of the charts. Not thread-safe.
final class TargetFeed {
    static final ChartSpec POOL = new ChartSpec("target-pool", "Chosen pool", "connections", ChartSpec.Type.LINES,
            List.of("in use", "idle", "waiting", "open", "limit"), Set.of("limit"));
    static final ChartSpec HEAP = new ChartSpec("target-heap", "Heap of the JVM", "MiB", ChartSpec.Type.LINES,
            List.of("used", "committed", "limit"), Set.of("limit"));
    static final ChartSpec PROCESSOR = new ChartSpec("target-processor", "Processors of the JVM", "%",
            ChartSpec.Type.LINES, List.of("process"));
    /// Samples further apart belong to a time in which the target was away: no line joins them.
    private static final long GAP_MILLIS = 1_500;
    private static final long PERIOD_MILLIS = 1_000 / TargetSession.RATE;
    private static final double MEBI = 1 << 20;

    private final SampleRing pool = ring(POOL);
    private final SampleRing heap = ring(HEAP);
    private final SampleRing processor = ring(PROCESSOR);
    private SampleRing all;
    private List<String> names;
    private String chosen = "";
    /// Number of the connection and time of the last sample; 0 without one.
    private int connection;
    private long last;

    TargetFeed() {
        names = List.of();
        all = ring(1);
    }

    private static SampleRing ring(ChartSpec spec) {
        return ring(spec.series().size());
    }

    private static SampleRing ring(int series) {
        return new SampleRing(series, TargetSession.KEPT, GAP_MILLIS);
    }

    /// Returns the specification of the chart of several pools.
    static ChartSpec all(List<String> names) {
        return new ChartSpec("target-pools", "In use, by pool", "connections", ChartSpec.Type.LINES, names);
    }

    /// Removes all samples.
    ///
    /// @param pools names of the pools of the chart of several, at most [ChartSpec#MAX_SERIES]
    /// @param pool name of the chosen pool
    void clear(List<String> pools, String pool) {
        this.pool.clear();
        heap.clear();
        processor.clear();
        names = List.copyOf(pools);
        all = ring(Math.max(1, names.size()));
        chosen = pool;
        connection = 0;
        last = 0;
    }

    void accept(TargetSample sample) {
        long at = sample.at().toEpochMilli();
        if (sample.connection() != connection) {
            absence(at);
        }
        connection = sample.connection();
        last = at;
        pool.append(at, sample.pool(chosen).map(TargetFeed::gauges).orElseGet(() -> nothing(pool.series())));
        double[] active = nothing(all.series());
        for (int i = 0; i < names.size(); i++) {
            active[i] = sample.pool(names.get(i)).map(found -> value(found.active())).orElse(Double.NaN);
        }
        all.append(at, active);
        double limit = sample.jvm().heapMax() < 0 ? Double.NaN : sample.jvm().heapMax() / MEBI;
        heap.append(at, sample.jvm().heapUsed() / MEBI, sample.jvm().heapCommitted() / MEBI, limit);
        processor.append(at, sample.jvm().processor() * 100);
    }

    /// Leaves a gap before a sample, also for an absence that is shorter than [#GAP_MILLIS]. As many samples without a
    /// value as usual, so that the columns of a chart that are between the last sample and this one have none.
    private void absence(long until) {
        long end = connection == 0 ? 0 : Math.min(until, last + GAP_MILLIS);
        for (long at = last + PERIOD_MILLIS; at < end; at += PERIOD_MILLIS) {
            for (SampleRing ring : List.of(pool, heap, processor, all)) {
                ring.append(at, nothing(ring.series()));
            }
        }
    }

    private static double[] gauges(PoolReading now) {
        return new double[]{value(now.active()), value(now.idle()), value(now.waiting()), value(now.total()),
                value(now.maximum())};
    }

    private static double value(int gauge) {
        return gauge == PoolReading.UNKNOWN ? Double.NaN : gauge;
    }

    private static double[] nothing(int series) {
        double[] values = new double[series];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    SampleRing pool() {
        return pool;
    }

    SampleRing heap() {
        return heap;
    }

    SampleRing processor() {
        return processor;
    }

    /// Returns the samples of the chart of several pools; another object after [#clear].
    SampleRing all() {
        return all;
    }

    /// Returns the names of the pools of [#all].
    List<String> names() {
        return names;
    }
}
