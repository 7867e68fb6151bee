package dev.memfuse.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.metrics.stats.HodgesLehmann;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Statistics of one candidate: one slice, or the sum of its slices. Calls are recorded from any thread; the other
/// methods are for one thread.
public final class SliceStats {
    private static final Logger LOG = LoggerFactory.getLogger(SliceStats.class);

    /// Probability that an interval misses the true value.
    private static final double ALPHA = 0.05;

    private final String name;
    private final Histogram latency = new ConcurrentHistogram(3);
    private final LongAdder items = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final List<Double> rates = new ArrayList<>();
    private final List<Histogram> slices = new ArrayList<>();
    private double seconds;

    /// @param name of the candidate
    public SliceStats(String name) {
        this.name = name;
    }

    /// Records a successful call.
    ///
    /// @param nanos latency in nanoseconds
    /// @param processed number of processed items
    public void succeeded(long nanos, int processed) {
        latency.recordValue(Math.max(0, nanos));
        items.add(processed);
    }

    /// Counts a failed call.
    public void failed(Throwable cause) {
        errors.increment();
        LOG.debug("Benchmark: a call of {} failed", name, cause);
    }

    /// Ends the slice and computes its rate.
    public void end(double sliceSeconds) {
        seconds = sliceSeconds;
        rates.add(items.sum() / sliceSeconds);
        slices.add(latency.copy());
    }

    /// Adds a slice that has ended.
    public void add(SliceStats slice) {
        latency.add(slice.latency);
        items.add(slice.items.sum());
        errors.add(slice.errors.sum());
        rates.addAll(slice.rates);
        slices.addAll(slice.slices);
        seconds += slice.seconds;
    }

    /// Returns whether no slice has ended.
    public boolean isEmpty() {
        return rates.isEmpty();
    }

    /// Returns the number of processed items.
    public long items() {
        return items.sum();
    }

    /// Returns the processed items per second of measured time.
    public double perSecond() {
        return items.sum() / seconds;
    }

    /// Returns a percentile in milliseconds; null when too few samples lie above it.
    ///
    /// @param percentile 0..100
    public @Nullable Double percentileMs(double percentile) {
        return Percentiles.reliableMs(latency, percentile);
    }

    /// Returns how much a percentile of a candidate is above that of another one, in milliseconds: of each slice and
    /// the one beside it, and of these the median. Disturbances of a few slices, as a disk that stands still, do not
    /// change it. Null when one of them was not measured.
    ///
    /// @param percentile 0..100
    public static @Nullable Double medianDifferenceMs(SliceStats more, SliceStats less, double percentile) {
        List<Double> differences = differencesMs(more, less, percentile);
        return differences.isEmpty() ? null : (Double) BenchReport.Ratio.of(differences).median();
    }

    /// Returns the interval that holds the centre of the differences of slices with a probability of 95 %
    /// (Hodges-Lehmann), in milliseconds. Null with less than six slices.
    ///
    /// @param percentile 0..100
    public static @Nullable Interval differenceMs(SliceStats more, SliceStats less, double percentile) {
        List<Double> differences = differencesMs(more, less, percentile);
        return differences.size() < HodgesLehmann.smallestSample(ALPHA)
                ? null
                : HodgesLehmann.of(differences.stream().mapToDouble(Double::doubleValue).toArray()).interval(ALPHA);
    }

    private static List<Double> differencesMs(SliceStats more, SliceStats less, double percentile) {
        return IntStream.range(0, Math.min(more.slices.size(), less.slices.size()))
                .filter(i -> more.slices.get(i).getTotalCount() > 0 && less.slices.get(i).getTotalCount() > 0)
                .mapToObj(i -> Percentiles.ms(more.slices.get(i), percentile)
                        - Percentiles.ms(less.slices.get(i), percentile))
                .toList();
    }

    BenchReport.Side side() {
        return new BenchReport.Side(name, latency.getTotalCount(), errors.sum(), perSecond(),
                new BenchReport.Latency(latency.getTotalCount(), percentileMs(50), percentileMs(95), percentileMs(99),
                        Percentiles.maxMs(latency)));
    }

    /// Returns a row of the report: the engine, its baseline and the ratio of their rates; empty when one of them was
    /// not measured.
    ///
    /// @param what the conditions of the comparison
    public static Optional<BenchReport.Row> row(String what, SliceStats engine, SliceStats baseline) {
        return row(what, engine, baseline, ratio(engine, baseline));
    }

    /// Returns a row without a ratio, for comparisons in which both sides have the same prescribed rate; empty when one
    /// of them was not measured.
    ///
    /// @param what the conditions of the comparison
    public static Optional<BenchReport.Row> rowAtGivenRate(String what, SliceStats engine, SliceStats baseline) {
        return row(what, engine, baseline, null);
    }

    private static Optional<BenchReport.Row> row(String what, SliceStats engine, SliceStats baseline,
            BenchReport.@Nullable Ratio ratio) {
        return engine.isEmpty() || baseline.isEmpty()
                ? Optional.empty()
                : Optional.of(new BenchReport.Row(what, engine.side(), baseline.side(), ratio));
    }

    private static BenchReport.@Nullable Ratio ratio(SliceStats engine, SliceStats baseline) {
        List<Double> ratios = IntStream.range(0, Math.min(engine.rates.size(), baseline.rates.size()))
                .filter(i -> baseline.rates.get(i) > 0).mapToObj(i -> engine.rates.get(i) / baseline.rates.get(i))
                .toList();
        return ratios.isEmpty() ? null : BenchReport.Ratio.of(ratios);
    }
}
