package dev.memfuse.console.alerts;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import dev.memfuse.config.schema.TypedNumber;

/// Reads and prints the numbers of the forms.
final class Numeric {
    private Numeric() {}

    /// Returns a typed number of 0 or more; empty when it is none.
    static OptionalDouble decimal(String text) {
        OptionalDouble value = TypedNumber.decimal(text);
        return value.orElse(-1) >= 0 ? value : OptionalDouble.empty();
    }

    /// Returns a typed whole number from 1 to a maximum; empty when it is none.
    static OptionalInt whole(String text, int max) {
        OptionalInt value = TypedNumber.whole(text);
        return value.orElse(0) >= 1 && value.orElse(0) <= max ? value : OptionalInt.empty();
    }

    /// Returns a number as a person types it: without zeros at its end.
    static String print(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }
}
