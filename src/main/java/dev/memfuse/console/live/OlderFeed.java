package dev.memfuse.console.live;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.MetricsSlice.OperationSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.slice.GaugeSlice;
import dev.memfuse.metrics.slice.LatencySlice;

/// Converts the slices of ten seconds to the older samples of the charts: rates and percentiles of the whole slice, and
/// of each gauge the smallest and the largest value, so that no peak is lost. Not thread-safe.
final class OlderFeed {
    private static final double MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final List<SliceGauge> POOL = List.of(SliceGauge.ACTIVE, SliceGauge.IDLE, SliceGauge.WAITING,
            SliceGauge.LIMIT);
    private static final List<SliceGauge> BUFFERS = List.of(SliceGauge.ROUND, SliceGauge.HYBRID, SliceGauge.IN_FLIGHT,
            SliceGauge.QUEUED, SliceGauge.EXTRACTION, SliceGauge.JOURNAL);

    private final LiveFeed feed;
    private Instant until = Instant.MIN;

    OlderFeed(LiveFeed feed) {
        this.feed = feed;
    }

    /// Returns the end of the newest slice that was accepted.
    Instant until() {
        return until;
    }

    /// Adds slices, oldest first.
    void accept(List<MetricsSlice> slices) {
        for (MetricsSlice slice : slices) {
            accept(slice);
            until = slice.to();
        }
        if (!slices.isEmpty()) {
            feed.rings().forEach(ring -> ring.samples().countOlder());
        }
    }

    private void accept(MetricsSlice slice) {
        long at = slice.to().toEpochMilli();
        double[] rates = new double[LiveCharts.THROUGHPUT.series().size()];
        double[] failures = new double[LiveCharts.ERRORS.series().size()];
        int others = LiveCharts.CALLS.size();
        slice.operations().forEach((operation, calls) -> {
            int series = LiveCharts.CALLS.indexOf(operation);
            int place = series < 0 ? others : series;
            rates[place] += operation.isOfCaller() ? calls.latency().count() / slice.seconds() : 0;
            failures[operation.isOfCaller() ? place : others + 1] += calls.errors() / slice.seconds();
        });
        rates[others + 1] = slice.operation(Operation.FLUSH).latency().count() / slice.seconds();
        failures[others + 2] = slice.pool().timeouts() / slice.seconds();
        feed.throughputRing().older().append(at, rates);
        feed.errorsRing().older().append(at, failures);
        feed.stagesRing().older().append(at, stages(slice));
        for (Operation operation : LiveCharts.CALLS) {
            OperationSlice calls = slice.operation(operation);
            feed.latencyRing(operation).older().append(at, latency(calls));
            feed.countRing(operation).older().append(at, calls.latency().count());
        }
        gauges(feed.poolRing(), slice, POOL);
        gauges(feed.buffersRing(), slice, BUFFERS);
        gauges(feed.program().pauses(), slice, ProgramFeed.PAUSES);
        gauges(feed.program().resources(), slice, ProgramFeed.RESOURCES);
    }

    private static double[] latency(OperationSlice calls) {
        LatencySlice times = calls.latency();
        return new double[]{ms(times, 50), ms(times, 95), ms(times, 99), ms(calls.scheduled(), 99)};
    }

    private static double ms(LatencySlice times, double percentile) {
        return times.count() == 0 ? Double.NaN : times.nanosAt(percentile) / MILLI;
    }

    private static double[] stages(MetricsSlice slice) {
        double[] times = new double[LiveCharts.STAGES.size()];
        for (int i = 0; i < times.length; i++) {
            Stage stage = LiveCharts.STAGES.get(i);
            times[i] = slice.calls() == 0
                    ? Double.NaN
                    : slice.stageNanos().getOrDefault(stage, 0L) / MILLI / slice.calls();
        }
        return times;
    }

    /// Appends the smallest values in the middle of the slice and the largest ones at its end.
    private static void gauges(LiveRing ring, MetricsSlice slice, List<SliceGauge> gauges) {
        long end = slice.to().toEpochMilli();
        long middle = (slice.from().toEpochMilli() + end) / 2;
        ring.older().append(middle, gauges.stream().map(slice::gauge).mapToDouble(GaugeSlice::min).toArray());
        ring.older().append(end, gauges.stream().map(slice::gauge).mapToDouble(GaugeSlice::max).toArray());
    }
}
