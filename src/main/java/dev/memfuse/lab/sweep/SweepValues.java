package dev.memfuse.lab.sweep;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.memfuse.config.schema.TypedNumber;

/// Parses the values of a sweep: a list `1,2,4`, a range `1..64` that doubles, or a range with a step `10..100:10`.
/// Those of a setting of the server have its unit: `16MB..256MB`, `16..256MB`.
public final class SweepValues {
    private static final int MAX_VALUES = 64;
    private static final int LONGEST = 4_000;
    private static final String EXAMPLES = "1,2,4,8 or 1..64 (doubled each time) or 10..100:10";

    private static final Pattern UNIT = Pattern.compile("(?<=[0-9] ?)[A-Za-z]+(?= *($|,|\\.\\.|:))");

    private SweepValues() {}

    /// Returns the values, ascending and different.
    ///
    /// @throws IllegalArgumentException when the text is no list of values above 0; the message is for the user
    public static List<Double> parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "The values have %,d characters, and at most %,d are allowed; write for instance %s.",
                    text.length(),
                    LONGEST, EXAMPLES));
        }
        List<Double> values = text.contains("..") ? range(text) : list(text);
        List<Double> sorted = values.stream().sorted().distinct().toList();
        if (sorted.size() < 2 || sorted.size() > MAX_VALUES) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "A sweep has 2 to %d different values, not %d; write for instance %s.", MAX_VALUES, sorted.size(),
                    EXAMPLES));
        }
        return sorted;
    }

    /// Returns the unit of the values, such as "MB"; empty for values without one.
    ///
    /// @throws IllegalArgumentException when they have different units; the message is for the user
    public static String unit(String text) {
        List<String> units = UNIT.matcher(text).results().map(MatchResult::group).distinct().toList();
        if (units.size() > 1) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" has values in " + String.join(" and ", units)
                    + "; write all of them in one unit, for instance 64MB..1024MB.");
        }
        return units.isEmpty() ? "" : units.getFirst();
    }

    private static List<Double> list(String text) {
        List<Double> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            values.add(number(part, text));
        }
        return values;
    }

    private static List<Double> range(String text) {
        int dots = text.indexOf("..");
        String rest = text.substring(dots + 2);
        int colon = rest.indexOf(':');
        double from = number(text.substring(0, dots), text);
        double to = number(colon < 0 ? rest : rest.substring(0, colon), text);
        double step = colon < 0 ? 0 : number(rest.substring(colon + 1), text);
        if (to <= from || (step > 0 && (to - from) / step > MAX_VALUES)) {
            throw wrong(text);
        }
        List<Double> values = new ArrayList<>();
        double value = from;
        while (value < to && values.size() <= MAX_VALUES) {
            values.add(value);
            value = step == 0 ? value * 2 : value + step;
        }
        values.add(to);
        return values;
    }

    private static double number(String part, String text) {
        double value = TypedNumber.decimal(UNIT.matcher(part.strip()).replaceFirst("")).orElse(0);
        if (value > 0) {
            return value;
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "\"" + text.strip() + "\" is no list of values above 0; write for instance " + EXAMPLES + ".");
    }

    /// Returns a value as a person writes it: `8`, `0.5`.
    public static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
