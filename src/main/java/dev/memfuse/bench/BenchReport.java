package dev.memfuse.bench;

import java.util.List;
import java.util.Map;

import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// The report of a run of the benchmarks. Serialized as the JSON of `bench --json`.
///
/// @param complete false when the run was stopped early
/// @param results in the order they were measured
/// @param environment machine, JVM, database, versions
public record BenchReport(boolean complete, List<Result> results, Map<String, String> environment) {

    /// One benchmark.
    ///
    /// @param name on the command line
    /// @param question the measured work, one sentence
    /// @param bound the resource that limits it, and why
    /// @param rows comparisons of the engine with its baseline
    /// @param figures single numbers, with their targets
    public record Result(String name, String question, String bound, List<Row> rows, List<Figure> figures) {}

    /// A comparison of the engine with its baseline.
    ///
    /// @param what the conditions
    /// @param floor the baseline
    /// @param ratio rate of the engine divided by the rate of the baseline; null where the rate is prescribed
    public record Row(String what, Side engine, Side floor, @Nullable Ratio ratio) {}

    /// One side of a comparison.
    ///
    /// @param name of the candidate
    /// @param calls successful calls
    /// @param errors failed calls
    /// @param perS messages, or other items of the benchmark, of successful calls per second of measured time
    /// @param latency of the successful calls
    public record Side(String name, long calls, long errors, double perS, Latency latency) {}

    /// Latency in milliseconds. A percentile is null when it is not [reliable][Percentiles#reliable].
    ///
    /// @param count number of samples
    public record Latency(long count, @Nullable Double p50Ms, @Nullable Double p95Ms, @Nullable Double p99Ms,
            double maxMs) {}

    /// The ratio of two sides that were measured in interleaved slices. Drift of the machine affects both sides of a
    /// pair of slices, so the spread of the ratios shows the uncertainty of the median.
    ///
    /// @param median of the ratios
    /// @param min smallest ratio
    /// @param max largest ratio
    /// @param slices number of pairs of slices
    public record Ratio(double median, double min, double max, int slices) {

        /// Returns the summary of the ratios of slices, at least one.
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
    /// @param name quantity and conditions
    /// @param value null when there were too few samples
    /// @param unit of the value; empty for a plain ratio
    /// @param target null when none is set
    public record Figure(String name, @Nullable Double value, String unit, @Nullable Target target) {

        /// Returns a number without a target.
        public static Figure of(String name, @Nullable Double value, String unit) {
            return new Figure(name, value, unit, null);
        }

        /// Returns whether the target is reached; null without a target or a value.
        public @Nullable Boolean reached() {
            if (target == null || value == null) {
                return null;
            }
            return target.atMost() ? value <= target.limit() : value >= target.limit();
        }
    }

    /// The target of a number.
    ///
    /// @param atMost true: at most the limit; false: at least
    public record Target(boolean atMost, double limit) {
        /// Returns an upper limit.
        public static Target atMost(double limit) {
            return new Target(true, limit);
        }

        /// Returns a lower limit.
        public static Target atLeast(double limit) {
            return new Target(false, limit);
        }
    }
}
