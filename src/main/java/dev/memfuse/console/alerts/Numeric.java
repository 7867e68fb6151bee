package dev.memfuse.console.alerts;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads and prints the numbers of the forms.
final class Numeric {
    private Numeric() {}

    /// Returns a typed number of 0 or more; empty when it is none.
    static OptionalDouble decimal(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isFinite(value) && value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /// Returns a typed whole number from 1 to a maximum; empty when it is none.
    static OptionalInt whole(String text, int max) {
        String typed = text.strip();
        if (!typed.matches("\\d{1,6}")) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(typed);
        return value >= 1 && value <= max ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /// Returns a number as a person types it: without zeros at its end.
    static String print(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }
}
