package dev.memfuse.load;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// A limit of a run, such as `add.p99 < 50 ms`, `errors < 0.1 %` or `throughput > 100`.
///
/// @param text the limit as it was written
/// @param operation name of the operation; empty for all operations together
/// @param figure the compared figure
/// @param less whether the value has to be smaller than the limit
/// @param inclusive whether the limit itself is allowed
/// @param limit number in the unit of the figure
public record Threshold(String text, String operation, Figure figure, boolean less, boolean inclusive, double limit) {
    private static final Pattern FORM = Pattern
            .compile("\\s*(?:(add|query|list)\\.)?([a-z0-9_]+)\\s*(<=|>=|<|>)\\s*([0-9.]+)\\s*([a-zµ%/]*)\\s*");
    private static final String EXAMPLES = "add.p99 < 50 ms, errors < 0.1 % or throughput > 100";
    private static final double PERCENT = 100;

    /// A figure of a result that a threshold compares.
    public enum Figure {
        /// Mean latency in milliseconds.
        MEAN,
        /// Median latency in milliseconds.
        P50,
        /// 90th percentile of the latency in milliseconds.
        P90,
        /// 95th percentile of the latency in milliseconds.
        P95,
        /// 99th percentile of the latency in milliseconds.
        P99,
        /// 99.9th percentile of the latency in milliseconds.
        P999,
        /// Maximum latency in milliseconds.
        MAX,
        /// Successful operations per second.
        THROUGHPUT,
        /// Number of failed operations.
        ERRORS,
        /// Share of failed operations, 0..1.
        ERROR_RATE;

        /// Returns whether the figure is a latency.
        boolean isLatency() {
            return compareTo(THROUGHPUT) < 0;
        }

        private static double latency(Figure figure, Percentiles ms) {
            return switch (figure) {
                case MEAN -> ms.mean();
                case P50 -> ms.p50();
                case P90 -> ms.p90();
                case P95 -> ms.p95();
                case P99 -> ms.p99();
                case P999 -> ms.p999();
                case MAX -> ms.max();
                case THROUGHPUT, ERRORS, ERROR_RATE -> throw new IllegalArgumentException(figure.name());
            };
        }

        /// Returns the unit of the figure; empty when it has none.
        String unit() {
            return isLatency() ? " ms" : this == THROUGHPUT ? "/s" : "";
        }

        /// Returns the value of the figure; NaN when nothing was measured. Percentiles are never averaged: of several
        /// operations the largest counts.
        double of(Collection<OperationResult> operations) {
            if (isLatency()) {
                return operations.stream().filter(operation -> operation.count() > 0)
                        .mapToDouble(operation -> latency(this, operation.latencyMs())).max()
                        .orElse(Double.NaN);
            }
            long errors = operations.stream().mapToLong(OperationResult::errors).sum();
            long all = errors + operations.stream().mapToLong(OperationResult::count).sum();
            return switch (this) {
                case THROUGHPUT -> operations.stream().mapToDouble(OperationResult::throughputPerS).sum();
                case ERRORS -> errors;
                default -> all == 0 ? Double.NaN : (double) errors / all;
            };
        }
    }

    /// The outcome of a check.
    ///
    /// @param threshold the limit
    /// @param value measured value in the unit of the figure; NaN when no operation succeeded
    /// @param kept whether the value is within the limit
    public record Outcome(Threshold threshold, double value, boolean kept) {
        /// Returns the measured value as text, with its unit.
        public String measured() {
            return Double.isNaN(value)
                    ? "nothing"
                    : threshold.figure() == Figure.ERROR_RATE
                            ? Numbers.value(value * PERCENT) + " %"
                            : Numbers.value(value) + threshold.figure().unit();
        }

        /// Returns the reason for the verdict on a run that missed the threshold.
        public Verdict.Reason reason() {
            return new Verdict.Reason(Verdict.Cause.THRESHOLD, value, threshold.limit(), String.format(Locale.ROOT,
                    "Missed the threshold %s: measured %s.", threshold.text(), measured()));
        }
    }

    /// Parses a threshold. A latency may have the unit `us`, `ms` (the default) or `s`, a throughput `/s`, and errors
    /// `%`, which makes them a share.
    ///
    /// @throws IllegalArgumentException when it is invalid; the message is for the user and gives an example
    public static Threshold parse(String text) {
        Matcher matcher = FORM.matcher(Percentiles.plain(text.toLowerCase(Locale.ROOT)));
        if (!matcher.matches()) {
            throw wrong(text, "is no threshold; write for instance " + EXAMPLES + ".");
        }
        String operation = Objects.requireNonNullElse(matcher.group(1), "");
        String unit = matcher.group(5);
        Figure figure = figure(text, matcher.group(2), operation, unit.equals("%"));
        String sign = matcher.group(3);
        return new Threshold(text.strip(), operation, figure, sign.startsWith("<"), sign.endsWith("="),
                number(text, matcher.group(4)) * factor(text, figure, unit));
    }

    private static Figure figure(String text, String name, String operation, boolean share) {
        for (Figure figure : Figure.values()) {
            if (figure.name().toLowerCase(Locale.ROOT).equals(name)) {
                if (figure.isLatency() && operation.isEmpty()) {
                    throw wrong(text, "does not name the operation; name the operation, for instance add." + name
                            + ".");
                }
                return figure == Figure.ERRORS && share ? Figure.ERROR_RATE : figure;
            }
        }
        throw wrong(text, "has the unknown figure \"" + name + "\"; there are mean, p50, p90, p95, p99, p99.9, max, "
                + "throughput, errors and error_rate.");
    }

    private static double factor(String text, Figure figure, String unit) {
        if (unit.isEmpty()) {
            return 1;
        }
        if (figure.isLatency()) {
            return switch (unit) {
                case "us", "µs" -> 1e-3;
                case "ms" -> 1;
                case "s" -> 1e3;
                default -> throw wrong(text, "has the unit \"" + unit + "\"; a latency is in us, ms or s.");
            };
        }
        boolean fits = figure == Figure.THROUGHPUT ? unit.equals("/s") : unit.equals("%");
        if (!fits) {
            throw wrong(text, "has the unit \"" + unit + "\"; " + (figure == Figure.THROUGHPUT
                    ? "a throughput is in /s."
                    : "errors are a number, or a share in %."));
        }
        return figure == Figure.ERROR_RATE ? 1 / PERCENT : 1;
    }

    private static double number(String text, String number) {
        try {
            double limit = Double.parseDouble(number);
            if (Double.isFinite(limit)) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw wrong(text, "has \"" + number + "\", which is no number.");
    }

    private static IllegalArgumentException wrong(String text, String problem) {
        return new IllegalArgumentException("\"" + text.strip() + "\" " + problem);
    }

    /// Checks the figures of a run, or of its measured part so far. A figure that was not measured is not within any
    /// limit.
    ///
    /// @param operations figures by name of the operation
    public Outcome check(Map<String, OperationResult> operations) {
        List<OperationResult> compared = operations.entrySet().stream()
                .filter(entry -> operation.isEmpty() || entry.getKey().equals(operation)).map(Map.Entry::getValue)
                .toList();
        double value = figure.of(compared);
        boolean kept = (inclusive && value == limit) || (less ? value < limit : value > limit);
        return new Outcome(this, value, kept);
    }
}
