package dev.memfuse.console.load;

import java.math.BigDecimal;
import java.util.Optional;

import dev.memfuse.console.fx.Formats;

/// The numeric fields of the load form: title, unit, range and initial value, which is the default of the command line.
enum LoadField {
    RATE("Rate", "ops/s", "100", 0.001, 1_000_000, false),
    FROM("From", "ops/s", "0", 0, 1_000_000, false),
    TO("To", "ops/s", "200", 0, 1_000_000, false),
    OVER("Within", "s", "20", 0.001, 86_400, false),
    EVERY("Each for", "s", "10", 0.001, 86_400, false),
    PEAK("Peak", "ops/s", "500", 0, 1_000_000, false),
    PEAK_AT("Starts at", "s", "10", 0, 86_400, false),
    PEAK_FOR("Lasts", "s", "2", 0.001, 86_400, false),
    AMPLITUDE("Amplitude", "ops/s", "50", 0, 1_000_000, false),
    PERIOD("Period", "s", "60", 0.001, 86_400, false),
    SCALE("Scale", "times", "1", 0.000001, 1_000_000, false),
    IN_FLIGHT("Max in flight", "calls", "256", 1, 10_000, true),
    CONCURRENCY("Concurrency", "calls", "8", 1, 10_000, true),
    THINK_TIME("Think time", "s", "0", 0, 3_600, false),
    USERS("Users", "", "20", 1, 10_000, true),
    DURATION("Duration", "s", "20", 0.001, 86_400, false),
    WARMUP("Warm-up", "s", "5", 0, 86_400, false),
    WARMUP_MAX("At most", "s", "60", 0, 86_400, false),
    ADD("Add", "parts", "6", 0, 1_000_000, false),
    QUERY("Query", "parts", "3", 0, 1_000_000, false),
    LIST("List", "parts", "1", 0, 1_000_000, false),
    BATCH("Messages per add", "", "10", 1, 1_000, true),
    TOP_K("Hits per query", "", "5", 1, 1_000, true),
    SEED("Seed", "", "42", Long.MIN_VALUE, Long.MAX_VALUE, true);

    private final String title;
    private final String unit;
    private final String first;
    private final double min;
    private final double max;
    private final boolean whole;

    LoadField(String title, String unit, String first, double min, double max, boolean whole) {
        this.title = title;
        this.unit = unit;
        this.first = first;
        this.min = min;
        this.max = max;
        this.whole = whole;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String first() {
        return first;
    }

    /// Parses a text; empty when it is not a number in the range.
    Optional<BigDecimal> parse(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            boolean fits = number.doubleValue() >= min && number.doubleValue() <= max
                    && (!whole || number.stripTrailingZeros().scale() <= 0);
            return fits ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Returns the problem of a text; empty when it is valid.
    String problem(String text) {
        if (parse(text).isPresent()) {
            return "";
        }
        if (this == SEED) {
            return "Enter a whole number.";
        }
        return (whole ? "Enter a whole number from " : "Enter a number from ") + bound(min) + " to " + bound(max) + ".";
    }

    private static String bound(double number) {
        return number == Math.rint(number) ? Formats.count((long) number) : Double.toString(number);
    }
}
