package dev.memfuse.load.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.FaultResult;
import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;

/// Finds when a run had recovered from each fault of the network.
///
/// A good second lies wholly after the end of the fault, has neither errors nor dropped arrivals, at least 90 % of the
/// usual throughput, and at most twice the usual median latency. Usual is the median of the last 30 seconds before the
/// first fault. The backlog is drained when it is not larger than the largest in that time.
///
/// @param points seconds of the run, oldest first
/// @param backlog samples of the backlog, oldest first
/// @param start start of the measured part, from which the times of the results count
public record Recovery(List<Point> points, List<BacklogWatch.Sample> backlog, Instant start) {
    private static final Duration BASELINE = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final double THROUGHPUT = 0.9;
    private static final double LATENCY = 2;
    private static final double NANOS = 1e9;

    /// Returns the result of each fault, in the order of their begin.
    ///
    /// @param marks marks of the run, oldest first
    public List<FaultResult> of(List<EventMark> marks) {
        List<EventMark> begins = marks.stream().filter(mark -> mark.kind() == EventMark.Kind.FAULT).toList();
        List<EventMark> ends = new ArrayList<>(
                marks.stream().filter(mark -> mark.kind() == EventMark.Kind.FAULT_END).toList());
        if (begins.isEmpty()) {
            return List.of();
        }
        Instant first = begins.getFirst().at();
        List<FaultResult> results = new ArrayList<>();
        for (EventMark begin : begins) {
            Optional<EventMark> end = ends.stream()
                    .filter(mark -> !mark.at().isBefore(begin.at()) && mark.text().endsWith(begin.text().substring(
                            begin.text().indexOf(':'))))
                    .findFirst();
            end.ifPresent(ends::remove);
            results.add(result(begin, end.map(EventMark::at), first));
        }
        return results;
    }

    private FaultResult result(EventMark begin, Optional<Instant> end, Instant first) {
        String name = begin.text().substring(begin.text().indexOf(':') + 1).strip();
        return new FaultResult(name, seconds(start, begin.at()),
                end.map(at -> seconds(begin.at(), at)).orElse(null),
                end.map(at -> goodAfter(at, first)).orElse(null), end.map(at -> drainedAfter(at, first)).orElse(null));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / NANOS;
    }

    /// Returns the seconds from the end of a fault to the begin of the first good second; null without one.
    private @Nullable Double goodAfter(Instant end, Instant first) {
        List<Point> usual = points.stream().filter(point -> point.count() > 0 && !point.at().isAfter(first)
                && point.at().isAfter(first.minus(BASELINE))).toList();
        OptionalDouble throughput = median(usual.stream().mapToDouble(Point::throughput));
        OptionalDouble latency = median(usual.stream().mapToDouble(Point::p50));
        for (Point point : points) {
            Instant begin = point.at().minus(SECOND);
            if (!begin.isBefore(end) && point.count() > 0 && point.errors() == 0 && point.dropped() == 0
                    && point.throughput() >= THROUGHPUT * throughput.orElse(0)
                    && point.p50() <= LATENCY * latency.orElse(Double.MAX_VALUE)) {
                return seconds(end, begin);
            }
        }
        return null;
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    /// Returns the seconds from the end of a fault until the backlog is drained; null when it is not.
    private @Nullable Double drainedAfter(Instant end, Instant first) {
        long usual = backlog.stream()
                .filter(sample -> !sample.at().isAfter(first) && sample.at().isAfter(first.minus(BASELINE)))
                .mapToLong(BacklogWatch.Sample::backlog).max().orElse(0);
        return backlog.stream().filter(sample -> !sample.at().isBefore(end) && sample.backlog() <= usual).findFirst()
                .map(sample -> seconds(end, sample.at())).orElse(null);
    }
}
