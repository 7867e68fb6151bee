package dev.memfuse.load.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// A limit for a figure of a result, such as `add.p99<50`, `error_rate<0.01` or `query.throughput>=100`.
///
/// Percentiles, `mean` and `max` are latencies in milliseconds and need an operation before the dot. Without an
/// operation, `throughput` (successful operations per second), `errors` (a number) and `error_rate` (0..1) are of all
/// operations.
///
/// @param text the threshold as the user wrote it
/// @param operation name of the operation; empty for all operations
/// @param less whether the value must be below the limit; otherwise above
/// @param inclusive whether the limit itself is accepted
public record Threshold(String text, String operation, Metric metric, boolean less, boolean inclusive, double limit) {
    private static final Pattern FORM = Pattern
            .compile("\\s*(?:(add|query|list)\\.)?([a-z0-9_]+)\\s*(<=|>=|<|>)\\s*([0-9.]+)\\s*(?:ms)?\\s*");
    private static final Map<String, ToDoubleFunction<Percentiles>> LATENCIES = Map.of("mean", Percentiles::mean, "p50",
            Percentiles::p50, "p90", Percentiles::p90, "p95", Percentiles::p95, "p99", Percentiles::p99, "p999",
            Percentiles::p999, "max", Percentiles::max);
    private static final Map<String, Metric> RATES = Map.of("throughput",
            operations -> operations.stream().mapToDouble(OperationResult::throughputPerS).sum(), "errors",
            operations -> operations.stream().mapToLong(OperationResult::errors).sum(), "error_rate",
            Threshold::errorRate);

    /// Computes the compared figure of one or all operations.
    @FunctionalInterface
    public interface Metric {
        double of(List<OperationResult> operations);
    }

    /// The outcome of a check.
    ///
    /// @param value measured value; NaN when no operation succeeded
    /// @param kept whether the value is within the limit
    public record Outcome(Threshold threshold, double value, boolean kept) {
        /// Returns the measured value as text.
        String measured() {
            return Double.isNaN(value) ? "nothing" : Numbers.value(value);
        }

        /// Returns the reason for the verdict on a run that missed the threshold.
        Verdict.Reason reason() {
            return new Verdict.Reason(Verdict.Cause.THRESHOLD, value, threshold.limit(), String.format(Locale.ROOT,
                    "Missed the threshold %s: measured %s.", threshold.text(), measured()));
        }
    }

    /// Parses a threshold.
    ///
    /// @throws IllegalArgumentException when it is invalid; the message is for the user and gives an example
    public static Threshold parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "\"%s\" is no threshold; write for instance add.p99<50 (milliseconds), error_rate<0.01 or "
                                    + "throughput>100.",
                            text));
        }
        String operation = Objects.requireNonNullElse(matcher.group(1), "");
        String name = matcher.group(2);
        ToDoubleFunction<Percentiles> latency = LATENCIES.get(name);
        Metric metric = latency == null ? RATES.get(name) : latencyOf(latency);
        if (metric == null || (latency != null && operation.isEmpty())) {
            throw new IllegalArgumentException(latency == null
                    ? String.format(Locale.ROOT,
                            "\"%s\": unknown figure \"%s\"; there are mean, p50, p90, p95, p99, p999, max, throughput, "
                                    + "errors and error_rate.",
                            text, name)
                    : String.format(Locale.ROOT, "\"%s\": name the operation, for instance add.%s.", text, name));
        }
        String sign = matcher.group(3);
        return new Threshold(text.strip(), operation, metric, sign.startsWith("<"), sign.endsWith("="),
                limit(text, matcher.group(4)));
    }

    private static double limit(String text, String number) {
        try {
            double limit = Double.parseDouble(number);
            if (Double.isFinite(limit)) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException(String.format(Locale.ROOT, "\"%s\": \"%s\" is no number.", text, number));
    }

    private static Metric latencyOf(ToDoubleFunction<Percentiles> latency) {
        return operations -> operations.stream().filter(operation -> operation.count() > 0)
                .mapToDouble(operation -> latency.applyAsDouble(operation.latencyMs())).max().orElse(Double.NaN);
    }

    private static double errorRate(List<OperationResult> operations) {
        long errors = operations.stream().mapToLong(OperationResult::errors).sum();
        long all = errors + operations.stream().mapToLong(OperationResult::count).sum();
        return all == 0 ? Double.NaN : (double) errors / all;
    }

    /// Checks a result. A figure that was not measured is not within any limit.
    public Outcome check(LoadResult result) {
        List<OperationResult> operations = result.operations().entrySet().stream()
                .filter(entry -> operation.isEmpty() || entry.getKey().equals(operation)).map(Map.Entry::getValue)
                .toList();
        double value = metric.of(operations);
        boolean kept = (inclusive && value == limit) || (less ? value < limit : value > limit);
        return new Outcome(this, value, kept);
    }
}
