package dev.memfuse.bench;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What a run of the benchmarks measured. Serialized as the JSON of `bench --json`.
///
/// @param complete false when the run was stopped early
/// @param results in the order they were measured
/// @param environment machine, JVM, database, versions
public record BenchReport(boolean complete, List<Result> results, Map<String, String> environment) {
    private static final long ABOVE = 100;

    /// One benchmark.
    ///
    /// @param name on the command line
    /// @param question what it measures, one sentence
    /// @param bound which resource bounds it, and why
    /// @param rows the engine beside its floor
    /// @param figures single numbers, with their targets
    public record Result(String name, String question, String bound, List<Row> rows, List<Figure> figures) {}

    /// The engine beside its floor.
    ///
    /// @param what the circumstances
    /// @param ratio rate of the engine divided by that of the floor; null where rates are given, not measured
    public record Row(String what, Side engine, Side floor, @Nullable Ratio ratio) {}

    /// One of two sides.
    ///
    /// @param name what was called
    /// @param calls that succeeded
    /// @param errors calls that failed
    /// @param perS messages (or what else the benchmark counts) of successful calls per second of measured time
    /// @param latency of the successful calls
    public record Side(String name, long calls, long errors, double perS, Latency latency) {}

    /// Latency in milliseconds. A percentile is null when fewer than 100 samples lie above it.
    ///
    /// @param count samples
    public record Latency(long count, @Nullable Double p50Ms, @Nullable Double p95Ms, @Nullable Double p99Ms,
            double maxMs) {

        /// Whether so many samples say anything about a percentile.
        ///
        /// @param percentile 0..100
        public static boolean enough(long count, double percentile) {
            return count * (100 - percentile) >= ABOVE * 100;
        }
    }

    /// The ratio of two sides that were measured in slices, in turn. Drift of the machine meets both sides of a slice,
    /// so the spread over the slices says how far the median can be trusted.
    ///
    /// @param median of the slices' ratios
    /// @param min the smallest
    /// @param max the largest
    /// @param slices how many
    public record Ratio(double median, double min, double max, int slices) {

        /// The ratios of slices, at least one.
        public static Ratio of(List<Double> slices) {
            List<Double> sorted = slices.stream().sorted().toList();
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1
                    ? sorted.get(half)
                    : (sorted.get(half - 1) + sorted.get(half)) / 2;
            return new Ratio(median, sorted.getFirst(), sorted.getLast(), sorted.size());
        }
    }

    /// A single number.
    ///
    /// @param name what it is, with its circumstances
    /// @param value null when there were too few samples for it
    /// @param unit of the value; empty for a plain ratio
    /// @param target null when none is set
    public record Figure(String name, @Nullable Double value, String unit, @Nullable Target target) {

        /// A number without a target.
        public static Figure of(String name, @Nullable Double value, String unit) {
            return new Figure(name, value, unit, null);
        }

        /// Whether the target is reached; null without target or value.
        public @Nullable Boolean reached() {
            if (target == null || value == null) {
                return null;
            }
            return target.atMost() ? value <= target.limit() : value >= target.limit();
        }
    }

    /// What a number should be.
    ///
    /// @param atMost true: at most the limit; false: at least
    public record Target(boolean atMost, double limit) {
        /// At most so much.
        public static Target atMost(double limit) {
            return new Target(true, limit);
        }

        /// At least so much.
        public static Target atLeast(double limit) {
            return new Target(false, limit);
        }
    }
}
