package dev.memfuse.config.postgres;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A setting of PostgreSQL, as the embedded server describes it in `pg_settings`.
///
/// @param name name in PostgreSQL, for instance `work_mem`
/// @param kind type of its values
/// @param unit unit of a number without one: "kB", "8kB" (blocks of 8 kB), "ms"; empty for none
/// @param min smallest number in that unit; empty when the value is no number
/// @param max largest number in that unit; empty when the value is no number
/// @param choices words of an [Kind#ENUM]
/// @param restart whether a change takes effect at a restart of the server only; otherwise a reload is enough
public record ServerSetting(String name, Kind kind, String unit, String min, String max, List<String> choices,
        boolean restart) {
    private static final Pattern NUMBER = Pattern
            .compile("([-+]?[0-9]{1,18}(?:\\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,3})?) *([A-Za-z]*)");
    private static final Map<String, BigDecimal> BYTES = Map.of("B", BigDecimal.ONE, "kB", bytes(10), "MB", bytes(20),
            "GB", bytes(30), "TB", bytes(40));
    private static final Map<String, BigDecimal> MICROSECONDS = Map.of("us", BigDecimal.ONE, "ms",
            BigDecimal.valueOf(1_000), "s", BigDecimal.valueOf(1_000_000), "min", BigDecimal.valueOf(60_000_000),
            "h", BigDecimal.valueOf(3_600_000_000L), "d", BigDecimal.valueOf(86_400_000_000L));
    private static final int LONGEST_TEXT = 2000;
    private static final int SHOWN = 60;

    /// Types of values.
    public enum Kind {
        BOOL,
        INTEGER,
        REAL,
        STRING,
        ENUM
    }

    public ServerSetting {
        choices = List.copyOf(choices);
    }

    private static BigDecimal bytes(int bits) {
        return BigDecimal.valueOf(1L << bits);
    }

    /// Returns the accepted values as a phrase that follows the word "expected": "a number from 64 kB to 2147483647 kB,
    /// with a unit (B, kB, MB, GB, TB) or in kB".
    public String expected() {
        return switch (kind) {
            case BOOL -> "on or off";
            case ENUM -> "one of " + String.join(", ", choices);
            case STRING -> "a text of at most " + LONGEST_TEXT + " characters without control characters";
            case INTEGER, REAL -> "a number from " + quantity(min) + " to " + quantity(max) + unitHint();
        };
    }

    private String quantity(String number) {
        return unit.isEmpty() ? number : unit.equals("8kB") ? number + " x 8 kB" : number + " " + unit;
    }

    private String unitHint() {
        if (unit.isEmpty()) {
            return "";
        }
        return isSize() ? ", with a unit (B, kB, MB, GB, TB)" : ", with a unit (us, ms, s, min, h, d)";
    }

    private boolean isSize() {
        return unit.endsWith("B");
    }

    /// Returns a value in the form in which it is kept: words in lower case, `on` and `off` for a switch, no blank
    /// before a unit. An empty value stands for the default of the program. The server has the last word; this finds
    /// what it would refuse by type and range.
    ///
    /// @return empty when the setting does not accept the value
    public Optional<String> read(String text) {
        String typed = unquoted(text.strip());
        if (typed.isEmpty()) {
            return Optional.of("");
        }
        return switch (kind) {
            case BOOL -> flag(typed);
            case ENUM -> choice(typed);
            case STRING -> typed.length() <= LONGEST_TEXT && typed.chars().noneMatch(Character::isISOControl)
                    ? Optional.of(typed)
                    : Optional.empty();
            case INTEGER, REAL -> number(typed);
        };
    }

    /// Values are also written in quotes, as in files of PostgreSQL and of this program.
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    private static Optional<String> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of("on");
            case "off", "false", "no", "0" -> Optional.of("off");
            default -> Optional.empty();
        };
    }

    private Optional<String> choice(String text) {
        return choices.stream().filter(choice -> choice.equalsIgnoreCase(text)).findFirst()
                // YAML reads on and off as they are, and other programs write them as true and false.
                .or(() -> flag(text).filter(choices::contains));
    }

    private Optional<String> number(String text) {
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String suffix = parts.group(2);
        BigDecimal number = new BigDecimal(parts.group(1));
        if (!suffix.isEmpty()) {
            Map<String, BigDecimal> units = isSize() ? BYTES : MICROSECONDS;
            BigDecimal factor = units.get(suffix);
            if (unit.isEmpty() || factor == null) {
                return Optional.empty();
            }
            number = number.multiply(factor).divide(baseUnit(units), 20, RoundingMode.HALF_EVEN);
        }
        boolean contained = number.compareTo(new BigDecimal(min)) >= 0 && number.compareTo(new BigDecimal(max)) <= 0;
        return contained ? Optional.of(parts.group(1) + suffix) : Optional.empty();
    }

    private BigDecimal baseUnit(Map<String, BigDecimal> units) {
        return unit.equals("8kB")
                ? BigDecimal.valueOf(8 * 1024)
                : Objects.requireNonNull(units.get(unit), unit);
    }

    /// Returns why a value is not accepted, as a sentence; empty when it is accepted.
    public Optional<String> problem(String text) {
        return read(text).isPresent()
                ? Optional.empty()
                : Optional.of("expected " + expected() + ", found "
                        + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
    }
}
