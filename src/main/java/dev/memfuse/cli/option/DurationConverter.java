package dev.memfuse.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;

/// Parses durations such as `20s`, `1.5s`, `2m`, `500ms`, `1h` and `1m30s`. A number without a unit means seconds.
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        String rest = text.strip();
        if (rest.matches("\\d+(\\.\\d+)?")) {
            rest += "s";
        }
        Matcher part = PART.matcher(rest);
        Duration total = Duration.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            double number = Double.parseDouble(part.group(1));
            total = total.plusNanos(Math.round(number * nanos(part.group(2))));
            end = part.end();
            part.region(end, rest.length());
        }
        if (end == 0 || end < rest.length()) {
            throw ValueConverters.wrong(text, "is not a duration; examples are 20s, 500ms, 2m and 1m30s");
        }
        if (total.compareTo(LONGEST) > 0) {
            throw ValueConverters.wrong(text, "is longer than " + LONGEST.toDays() + " days");
        }
        return total;
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }
}
