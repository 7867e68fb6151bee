package dev.memfuse.lab.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as people write them: `20s`, `1.5s`, `500ms`, `2m`, `1h` and `1m30s`. A number without a unit means seconds.
public final class Times {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern PART = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?)(ms|s|m|h)");
    private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(Duration.ofDays(36_500).toNanos());

    private Times() {}

    /// Parses a time, of at most 100 years; empty when the text is none.
    public static Optional<Duration> parse(String text) {
        String rest = text.strip();
        if (NUMBER.matcher(rest).matches()) {
            rest += "s";
        }
        Matcher part = PART.matcher(rest);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
            end = part.end();
            part.region(end, rest.length());
        }
        return end == 0 || end < rest.length()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.min(LONGEST_NANOS).longValue()));
    }

    private static BigDecimal nanosOf(String unit) {
        return BigDecimal.valueOf(switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        });
    }

    /// Returns the shortest text that [#parse] reads as this time.
    public static String print(Duration time) {
        long nanos = time.toNanos();
        if (nanos % 3_600_000_000_000L == 0 && nanos != 0) {
            return nanos / 3_600_000_000_000L + "h";
        }
        if (nanos % 60_000_000_000L == 0 && nanos != 0) {
            return nanos / 60_000_000_000L + "m";
        }
        boolean wholeMillis = nanos % 1_000_000 == 0 && nanos < 1_000_000_000L && nanos > 0;
        return wholeMillis
                ? nanos / 1_000_000 + "ms"
                : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + "s";
    }
}
