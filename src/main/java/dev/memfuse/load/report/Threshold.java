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
import dev.memfuse.metrics.stats.Percentiles;

/// A limit that a result must keep, such as `add.p99<50`, `error_rate<0.01` or `query.throughput>=100`.
///
/// Percentiles, `mean` and `max` are latencies in milliseconds and need an operation before the dot; `throughput`
/// (successful operations per second), `errors` (a number) and `error_rate` (0..1) are of all operations without one.
///
/// @param text as it was written
/// @param operation name of the operation; empty for all together
/// @param less whether the value must be below the limit
/// @param inclusive whether the limit itself is fine
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

    /// What is compared, of one operation or all.
    @FunctionalInterface
    public interface Metric {
        double of(List<OperationResult> operations);
    }

    /// What became of a threshold.
    ///
    /// @param value measured; not a number when the operation did not succeed once
    public record Outcome(Threshold threshold, double value, boolean kept) {}

    /// Reads a threshold.
    ///
    /// @throws IllegalArgumentException with a sentence that says what would be right
    public static Threshold parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no threshold; write for instance add.p99<50 (milliseconds), error_rate<0.01 or throughput>100."
                            .formatted(text));
        }
        String operation = Objects.requireNonNullElse(matcher.group(1), "");
        String name = matcher.group(2);
        ToDoubleFunction<Percentiles> latency = LATENCIES.get(name);
        Metric metric = latency == null ? RATES.get(name) : latencyOf(latency);
        if (metric == null || (latency != null && operation.isEmpty())) {
            throw new IllegalArgumentException(latency == null
                    ? "\"%s\": unknown figure \"%s\"; there are mean, p50, p90, p95, p99, p999, max, throughput, errors and error_rate."
                            .formatted(text, name)
                    : "\"%s\": name the operation, for instance add.%s.".formatted(text, name));
        }
        String sign = matcher.group(3);
        return new Threshold(text.strip(), operation, metric, sign.startsWith("<"), sign.endsWith("="),
                limit(text, matcher.group(4)));
    }

    private static double limit(String text, String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"%s\": \"%s\" is no number.".formatted(text, number), e);
        }
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

    /// Compares with a result. A figure that was not measured keeps no threshold.
    public Outcome check(LoadResult result) {
        List<OperationResult> operations = result.operations().entrySet().stream()
                .filter(entry -> operation.isEmpty() || entry.getKey().equals(operation)).map(Map.Entry::getValue)
                .toList();
        double value = metric.of(operations);
        boolean kept = (inclusive && value == limit) || (less ? value < limit : value > limit);
        return new Outcome(this, value, kept);
    }
}
