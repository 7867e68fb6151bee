package dev.memfuse.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import dev.memfuse.bench.BenchReport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one contender did. Calls are recorded from any thread; slices are added by one thread.
public final class SliceStats {
    private static final Logger LOG = LoggerFactory.getLogger(SliceStats.class);
    private static final double NANOS_OF_MILLI = 1e6;

    private final String name;
    private final Histogram latency = new ConcurrentHistogram(3);
    private final LongAdder messages = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final List<Double> rates = new ArrayList<>();
    private double seconds;

    public SliceStats(String name) {
        this.name = name;
    }

    public void succeeded(long nanos, int done) {
        latency.recordValue(Math.max(0, nanos));
        messages.add(done);
    }

    public void failed(RuntimeException cause) {
        errors.increment();
        LOG.debug("Benchmark: a call of {} failed", name, cause);
    }

    /// The slice is over.
    public void ended(double sliceSeconds) {
        seconds = sliceSeconds;
        rates.add(messages.sum() / sliceSeconds);
    }

    /// Takes a slice in.
    public void add(SliceStats slice) {
        latency.add(slice.latency);
        messages.add(slice.messages.sum());
        errors.add(slice.errors.sum());
        rates.addAll(slice.rates);
        seconds += slice.seconds;
    }

    public boolean isEmpty() {
        return rates.isEmpty();
    }

    public long messages() {
        return messages.sum();
    }

    public double perS() {
        return messages.sum() / seconds;
    }

    /// A percentile in milliseconds; null when too few samples lie above it.
    ///
    /// @param percentile 0..100
    @Nullable
    public Double percentileMs(double percentile) {
        return percentileMs(latency, percentile);
    }

    public static @Nullable Double percentileMs(Histogram latency, double percentile) {
        return BenchReport.Latency.enough(latency.getTotalCount(), percentile)
                ? (Double) (latency.getValueAtPercentile(percentile) / NANOS_OF_MILLI)
                : null;
    }

    BenchReport.Side side() {
        return new BenchReport.Side(name, latency.getTotalCount(), errors.sum(), perS(),
                new BenchReport.Latency(latency.getTotalCount(), percentileMs(50), percentileMs(95), percentileMs(99),
                        latency.getMaxValue() / NANOS_OF_MILLI));
    }

    /// The engine beside its floor, with the ratio of their rates.
    ///
    /// @return empty when a side was not measured
    public static Optional<BenchReport.Row> row(String what, SliceStats engine, SliceStats floor) {
        return row(what, engine, floor, ratio(engine, floor));
    }

    /// The same where the rate of both sides was given.
    public static Optional<BenchReport.Row> rowAtGivenRate(String what, SliceStats engine, SliceStats floor) {
        return row(what, engine, floor, null);
    }

    private static Optional<BenchReport.Row> row(String what, SliceStats engine, SliceStats floor,
            BenchReport.@Nullable Ratio ratio) {
        return engine.isEmpty() || floor.isEmpty()
                ? Optional.empty()
                : Optional.of(new BenchReport.Row(what, engine.side(), floor.side(), ratio));
    }

    private static BenchReport.@Nullable Ratio ratio(SliceStats engine, SliceStats floor) {
        List<Double> ratios = IntStream.range(0, Math.min(engine.rates.size(), floor.rates.size()))
                .filter(i -> floor.rates.get(i) > 0).mapToObj(i -> engine.rates.get(i) / floor.rates.get(i)).toList();
        return ratios.isEmpty() ? null : BenchReport.Ratio.of(ratios);
    }
}
