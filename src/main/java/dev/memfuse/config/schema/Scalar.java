package dev.memfuse.config.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

import dev.memfuse.config.schema.ConfigKey.Kind;

/// A value as it stands in a file, before its key says what it should be.
///
/// @param shape what YAML takes it for
/// @param text its characters, without quotes
public record Scalar(Shape shape, String text) {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final int LONGEST_NUMBER = 40;
    private static final int SHOWN_CHARACTERS = 60;

    /// What YAML distinguishes.
    public enum Shape {
        BOOLEAN,
        WHOLE,
        DECIMAL,
        TEXT,
        NOTHING,
        LIST,
        SECTION
    }

    /// A value given without YAML around it, on the command line or in a field of a page.
    public static Scalar typed(ConfigKey key, String text) {
        if (key.kind() == Kind.TEXT || key.kind() == Kind.CHOICE) {
            return new Scalar(Shape.TEXT, text);
        }
        if (text.isEmpty()) {
            return new Scalar(Shape.NOTHING, "");
        }
        if (text.equals("true") || text.equals("false")) {
            return new Scalar(Shape.BOOLEAN, text);
        }
        if (WHOLE.matcher(text).matches()) {
            return new Scalar(Shape.WHOLE, text);
        }
        return new Scalar(DECIMAL.matcher(text).matches() ? Shape.DECIMAL : Shape.TEXT, text);
    }

    /// The value as its key wants it, within its range.
    public ScalarResult read(ConfigKey key) {
        return switch (key.kind()) {
            case BOOLEAN -> shape == Shape.BOOLEAN ? value(Boolean.valueOf(text)) : fault(key);
            case INTEGER -> shape == Shape.WHOLE && inRange(key) ? value(number().intValueExact()) : fault(key);
            case SECONDS -> isNumber() && inRange(key) ? value(duration()) : fault(key);
            case FRACTION -> isNumber() && inRange(key) ? value(number().doubleValue()) : fault(key);
            case TEXT -> shape == Shape.TEXT && key.inRange(text.length()) ? value(text) : fault(key);
            case CHOICE -> shape == Shape.TEXT && key.choices().contains(text) ? value(text) : fault(key);
        };
    }

    /// The value for a message: shape and text, shortened.
    public String described() {
        String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return switch (shape) {
            case BOOLEAN, WHOLE, DECIMAL -> shown;
            case TEXT -> "the text " + ConfigValues.quote(shown);
            case NOTHING -> "nothing";
            case LIST -> "a list";
            case SECTION -> "a section";
        };
    }

    private ScalarResult value(Object value) {
        return new ScalarResult.Value(value);
    }

    private ScalarResult fault(ConfigKey key) {
        return new ScalarResult.Fault("expected " + key.expected() + ", found " + described());
    }

    private boolean isNumber() {
        return (shape == Shape.WHOLE || shape == Shape.DECIMAL) && text.length() <= LONGEST_NUMBER
                && DECIMAL.matcher(text).matches();
    }

    private boolean inRange(ConfigKey key) {
        return isNumber() && key.inRange(number().doubleValue());
    }

    private BigDecimal number() {
        return new BigDecimal(text);
    }

    private Duration duration() {
        return Duration.ofNanos(number().setScale(9, RoundingMode.HALF_UP).unscaledValue().longValueExact());
    }
}
