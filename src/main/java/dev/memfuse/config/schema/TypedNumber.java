package dev.memfuse.config.schema;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Numbers as people type them: ASCII digits and a decimal point, whatever the language of the machine is. Java's own
/// parsers also take `10d`, `0x1p3` and `NaN`, which nobody means.
public final class TypedNumber {
    private static final Pattern DECIMAL = Pattern
            .compile("-?(?:[0-9]{1,15}(?:\\.[0-9]{0,15})?|\\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

    private TypedNumber() {}

    /// Returns a decimal number; empty when the text is none.
    public static OptionalDouble decimal(String typed) {
        String text = typed.strip();
        return DECIMAL.matcher(text).matches()
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    /// Returns a whole number below a billion; empty when the text is none.
    public static OptionalInt whole(String typed) {
        String text = typed.strip();
        return WHOLE.matcher(text).matches() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
