package dev.memfuse.metrics.alert;

import java.util.Locale;

import dev.memfuse.metrics.stats.Numbers;

/// Unit of a metric, as the user types and reads it.
public enum AlertUnit {
    MILLISECONDS("ms"),
    SECONDS("s"),
    PER_SECOND("/s"),
    PERCENT("%"),
    MEBIBYTES("MiB"),
    COUNT("");

    private final String label;

    AlertUnit(String label) {
        this.label = label;
    }

    /// Returns the unit after a number; empty for a count.
    public String label() {
        return label;
    }

    /// Returns the highest value of a metric in this unit.
    double highest() {
        return this == PERCENT ? 100 : Double.MAX_VALUE;
    }

    /// Returns a value with its unit: "12.5 ms".
    public String format(double value) {
        String number = switch (this) {
            case MILLISECONDS -> Numbers.ms(value);
            case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
            case SECONDS, PER_SECOND, PERCENT, MEBIBYTES -> String.format(Locale.ROOT, "%,.1f", value);
        };
        return label.isEmpty() || number.endsWith(label) ? number : number + " " + label;
    }
}
