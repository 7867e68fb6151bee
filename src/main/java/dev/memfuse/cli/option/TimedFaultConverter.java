package dev.memfuse.cli.option;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.fault.Fault;
import dev.memfuse.fault.Fault.Kind;
import picocli.CommandLine.ITypeConverter;

/// Parses timed faults such as `20s:black-hole:10s`, `20s:reset` and `20s:latency=50ms:10s`.
final class TimedFaultConverter implements ITypeConverter<TimedFault> {
    private static final Pattern FORM = Pattern.compile("([^:]+):([a-zA-Z_-]+)(?:=([^:]+))?(?::([^:]+))?");
    private static final String EXAMPLES = "; examples are 20s:black-hole:10s, 20s:stop:5s, 20s:reset, "
            + "20s:latency=50ms:10s and 20s:bandwidth=100:10s (KiB/s)";
    private static final int KIB = 1_024;
    private static final int LARGEST_KIB = 1_000_000;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private final DurationConverter durations = new DurationConverter();

    @Override
    public TimedFault convert(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw ValueConverters.wrong(text, "is not a timed fault" + EXAMPLES);
        }
        Kind kind = kind(form.group(2)).orElseThrow(
                () -> ValueConverters.wrong(text, "has an unknown fault '" + form.group(2) + "'" + EXAMPLES));
        boolean sized = kind == Kind.LATENCY || kind == Kind.BANDWIDTH;
        if (sized != (form.group(3) != null)) {
            throw ValueConverters.wrong(text, (sized ? "needs a size of the fault" : "must not have a size")
                    + EXAMPLES);
        }
        if ((kind == Kind.RESET) != (form.group(4) == null)) {
            throw ValueConverters.wrong(text,
                    (kind == Kind.RESET ? "must not have a length, since a reset is over at once" : "needs a length")
                            + EXAMPLES);
        }
        Duration length = kind == Kind.RESET ? Duration.ZERO : durations.convert(form.group(4));
        if (kind != Kind.RESET && length.isZero()) {
            throw ValueConverters.wrong(text, "lasts for no time" + EXAMPLES);
        }
        return new TimedFault(durations.convert(form.group(1)), fault(text, kind, form), length);
    }

    private static Optional<Kind> kind(String name) {
        String wanted = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return Stream.of(Kind.values()).filter(kind -> kind.label().equals(wanted)).findFirst();
    }

    private Fault fault(String text, Kind kind, Matcher form) {
        return switch (kind) {
            case LATENCY -> {
                Duration delay = durations.convert(form.group(3));
                if (delay.isZero() || delay.compareTo(LONGEST_DELAY) > 0) {
                    throw ValueConverters.wrong(text, "has a latency out of range: more than 0 and at most 10 s");
                }
                yield new Fault(kind, delay, 0);
            }
            case BANDWIDTH -> {
                int kib = ValueConverters.wholeNumber(form.group(3));
                if (kib < 1 || kib > LARGEST_KIB) {
                    throw ValueConverters.wrong(text, "has a bandwidth out of range: 1 to " + LARGEST_KIB + " KiB/s");
                }
                yield new Fault(kind, Duration.ZERO, (long) kib * KIB);
            }
            case RESET, BLACK_HOLE, STOP -> new Fault(kind);
        };
    }
}
