package dev.memfuse.config.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.config.postgres.ServerSetting;
import org.jspecify.annotations.Nullable;

/// The values that a key accepts.
///
/// @param type the type of a value
/// @param min smallest number ([ValueType#SECONDS]: in seconds) or shortest length of a text; else 0
/// @param max largest number or longest length, likewise; else 0
/// @param choices words of a [ValueType#CHOICE]; empty for the other types
/// @param unit unit of a number: "connections", "s"; empty for shares and for values that are no numbers
/// @param listed whether a text is a list of words, separated by blanks or commas; a file can also write a list
/// @param setting setting of a [ValueType#SERVER_SETTING]; null for the other types
public record ValueRange(ValueType type, double min, double max, List<String> choices, String unit, boolean listed,
        @Nullable ServerSetting setting) {
    private static final int MAX_TEXT_LENGTH = 2000;

    public ValueRange {
        choices = List.copyOf(choices);
    }

    private ValueRange(ValueType type, double min, double max, List<String> choices, String unit, boolean listed) {
        this(type, min, max, choices, unit, listed, null);
    }

    static ValueRange flag() {
        return new ValueRange(ValueType.BOOLEAN, 0, 0, List.of(), "", false);
    }

    static ValueRange integers(int min, int max, String unit) {
        return new ValueRange(ValueType.INTEGER, min, max, List.of(), unit, false);
    }

    static ValueRange seconds(double min, double max) {
        return new ValueRange(ValueType.SECONDS, min, max, List.of(), "s", false);
    }

    static ValueRange fractions() {
        return new ValueRange(ValueType.FRACTION, 0, 1, List.of(), "", false);
    }

    static ValueRange texts(int minLength) {
        return new ValueRange(ValueType.TEXT, minLength, MAX_TEXT_LENGTH, List.of(), "", false);
    }

    /// Texts that are lists of words.
    static ValueRange words() {
        return new ValueRange(ValueType.TEXT, 0, MAX_TEXT_LENGTH, List.of(), "", true);
    }

    static ValueRange choices(Enum<?>... constants) {
        return new ValueRange(ValueType.CHOICE, 0, 0, Stream.of(constants).map(ConfigValues::word).toList(), "", false);
    }

    static ValueRange of(ServerSetting setting) {
        List<String> words = setting.kind() == ServerSetting.Kind.BOOL ? List.of("on", "off") : setting.choices();
        return new ValueRange(ValueType.SERVER_SETTING, 0, 0, words, "", false, setting);
    }

    /// Returns the accepted values as a phrase that follows the word "expected": "a whole number from 1 to 1000".
    public String expected() {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INTEGER -> "a whole number from " + plain(min) + " to " + plain(max);
            case SECONDS -> "a number of seconds from " + plain(min) + " to " + plain(max);
            case FRACTION -> "a number from " + plain(min) + " to " + plain(max);
            case TEXT -> (min > 0 ? "a text of 1 to " : "a text of at most ") + plain(max)
                    + " characters without control characters" + (listed ? ", or a list of words" : "");
            case CHOICE -> "one of " + String.join(", ", choices);
            case SERVER_SETTING -> server().expected();
        };
    }

    /// Returns why a value is not accepted, as a sentence; empty when it is accepted.
    ///
    /// @param value of the Java type named at [ValueType]; for a choice also its word
    public Optional<String> problem(Object value) {
        boolean accepted = switch (type) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> value instanceof Integer number && contains(number);
            case SECONDS -> value instanceof Duration time && contains(ConfigValues.seconds(time).doubleValue());
            case FRACTION -> value instanceof Double number && contains(number);
            case TEXT -> value instanceof String text && containsText(text);
            case CHOICE -> choices.contains(ConfigValues.word(value));
            case SERVER_SETTING -> value instanceof String text && server().read(text).filter(text::equals).isPresent();
        };
        return accepted
                ? Optional.empty()
                : Optional.of("expected " + expected() + ", found " + TypedText.excerpt(ConfigValues.print(value)));
    }

    /// Returns the setting of a [ValueType#SERVER_SETTING].
    ServerSetting server() {
        return Objects.requireNonNull(setting);
    }

    boolean contains(double number) {
        return number >= min && number <= max;
    }

    /// Returns the choice that a text names: its word, also as names of models are written elsewhere, with hyphens,
    /// dots and capitals and behind the name of an organization, for instance `sentence-transformers/all-MiniLM-L6-v2`.
    Optional<String> choice(String text) {
        if (choices.contains(text)) {
            return Optional.of(text);
        }
        return text.contains("-")
                ? choices.stream().filter(word -> bare(word).equals(bare(text.substring(text.lastIndexOf('/') + 1))))
                        .findFirst()
                : Optional.empty();
    }

    private static String bare(String name) {
        return name.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
    }

    boolean containsText(String text) {
        return contains(text.length()) && text.codePoints().noneMatch(TypedText::isControl);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
