package dev.memfuse.config.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is known of one key of the configuration: its type, range and meaning.
///
/// @param path the key, for instance `postgres.pool_size`
/// @param kind the type of its value
/// @param min smallest value (seconds for [Kind#SECONDS]); for [Kind#TEXT] the shortest length; else 0
/// @param max largest value, likewise; else 0
/// @param choices the words a [Kind#CHOICE] takes; empty for the other kinds
/// @param unit what the number counts: "connections", "s"; empty when it counts nothing
/// @param hot whether it may change while the engine runs; false means fixed at start
/// @param description one sentence of what the key does
/// @param planExpectation one sentence of what the plan expects of it; empty where the plan is silent
/// @param section title of the section a page shows it in
public record ConfigKey(String path, Kind kind, double min, double max, List<String> choices, String unit, boolean hot,
        String description, String planExpectation, String section) {

    public ConfigKey {
        choices = List.copyOf(choices);
    }

    /// The type of a value, and the Java type that carries it.
    public enum Kind {
        /// true or false; [Boolean]
        BOOLEAN,
        /// a whole number; [Integer]
        INTEGER,
        /// a number of seconds, whole or decimal; [Duration]
        SECONDS,
        /// a decimal number, a share of one; [Double]
        FRACTION,
        /// any text; [String]
        TEXT,
        /// one of a few words; an enum constant whose name in lower case is the word
        CHOICE
    }

    /// What the key takes, to follow the word "expected": "a whole number from 1 to 1000".
    public String expected() {
        return switch (kind) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number from " + plain(min) + " to " + plain(max);
            case SECONDS -> "a number of seconds from " + plain(min) + " to " + plain(max);
            case FRACTION -> "a number from " + plain(min) + " to " + plain(max);
            case TEXT -> min > 0 ? "a text that is not empty" : "a text";
            case CHOICE -> "one of " + String.join(", ", choices);
        };
    }

    /// What is wrong with a value of this key, as a sentence, or empty when nothing is.
    ///
    /// @param value of the Java type named at [Kind]; for a choice its word will do
    public Optional<String> fault(Object value) {
        boolean fine = switch (kind) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> value instanceof Integer number && inRange(number);
            case SECONDS -> value instanceof Duration time && inRange(seconds(time).doubleValue());
            case FRACTION -> value instanceof Double number && inRange(number);
            case TEXT -> value instanceof String text && inRange(text.length());
            case CHOICE -> choices.contains(word(value));
        };
        return fine ? Optional.empty() : Optional.of("expected " + expected() + ", found " + ConfigValues.print(value));
    }

    boolean inRange(double number) {
        return number >= min && number <= max;
    }

    public static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
    }

    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    public static String word(Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
