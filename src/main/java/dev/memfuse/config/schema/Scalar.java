package dev.memfuse.config.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/// An unchecked value from a file or from the user, before it is read as the value of a key.
///
/// @param shape its type in YAML
/// @param text its characters, without quotes
public record Scalar(Shape shape, String text) {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern BLANKS = Pattern.compile("^[ \\t]++|(?<![ \\t])[ \\t]++$");
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final int DESCRIBED_CHARACTERS = 60;

    /// The types that YAML distinguishes.
    public enum Shape {
        BOOLEAN,
        INTEGER,
        DECIMAL,
        TEXT,
        NULL,
        LIST,
        SECTION
    }

    /// Returns the scalar of an input without YAML syntax, from the command line or a field of a page. Blanks around it
    /// are ignored, other white space is not.
    ///
    /// @param type type of the key; decides whether "true" or "5" is a text
    public static Scalar ofInput(ValueType type, String text) {
        String input = BLANKS.matcher(text).replaceAll("");
        if (type == ValueType.TEXT || type == ValueType.CHOICE || type == ValueType.SERVER_SETTING) {
            return new Scalar(Shape.TEXT, input);
        }
        if (input.isEmpty()) {
            return new Scalar(Shape.NULL, "");
        }
        if (input.equals("true") || input.equals("false")) {
            return new Scalar(Shape.BOOLEAN, input);
        }
        if (INTEGER.matcher(input).matches()) {
            return new Scalar(Shape.INTEGER, input);
        }
        return new Scalar(DECIMAL.matcher(input).matches() ? Shape.DECIMAL : Shape.TEXT, input);
    }

    /// Reads the value of a key with this range.
    public ScalarResult read(ValueRange range) {
        return switch (range.type()) {
            case BOOLEAN -> shape == Shape.BOOLEAN ? value(Boolean.valueOf(text)) : problem(range);
            case INTEGER -> shape == Shape.INTEGER && isIn(range) ? value(number().intValueExact()) : problem(range);
            case SECONDS -> isNumber() && isIn(range) ? value(duration()) : problem(range);
            case FRACTION -> isNumber() && isIn(range) ? value(number().doubleValue()) : problem(range);
            case TEXT -> shape == Shape.TEXT && range.containsText(text) ? value(text) : problem(range);
            case CHOICE -> shape == Shape.TEXT
                    ? range.choice(text).map(this::value).orElseGet(() -> problem(range))
                    : problem(range);
            case SERVER_SETTING -> isPlain()
                    ? range.server().read(text).map(this::value).orElseGet(() -> problem(range))
                    : problem(range);
        };
    }

    private boolean isPlain() {
        return shape != Shape.NULL && shape != Shape.LIST && shape != Shape.SECTION;
    }

    /// Returns shape and text for a message, shortened.
    public String describe() {
        String excerpt = TypedText.excerpt(text, DESCRIBED_CHARACTERS);
        return switch (shape) {
            case BOOLEAN, INTEGER, DECIMAL -> excerpt;
            case TEXT -> "the text " + ConfigValues.quote(excerpt);
            case NULL -> "nothing";
            case LIST -> "a list";
            case SECTION -> "a section";
        };
    }

    private ScalarResult value(Object value) {
        return new ScalarResult.Value(value);
    }

    private ScalarResult problem(ValueRange range) {
        return new ScalarResult.Problem("expected " + range.expected() + ", found " + describe());
    }

    private boolean isNumber() {
        return (shape == Shape.INTEGER || shape == Shape.DECIMAL) && text.length() <= MAX_NUMBER_LENGTH
                && DECIMAL.matcher(text).matches();
    }

    private boolean isIn(ValueRange range) {
        return isNumber() && range.contains(number().doubleValue());
    }

    private BigDecimal number() {
        return new BigDecimal(text);
    }

    private Duration duration() {
        return Duration.ofNanos(number().setScale(9, RoundingMode.HALF_UP).unscaledValue().longValueExact());
    }
}
