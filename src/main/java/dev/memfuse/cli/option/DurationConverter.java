package dev.memfuse.cli.option;

import java.time.Duration;

import dev.memfuse.lab.scenario.Times;
import picocli.CommandLine.ITypeConverter;

/// Parses durations such as `20s`, `1.5s`, `2m`, `500ms`, `1h` and `1m30s`. A number without a unit means seconds.
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofDays(365);

    @Override
    public Duration convert(String text) {
        Duration time = Times.parse(text).orElseThrow(() -> ValueConverters.wrong(text,
                "is not a duration; examples are 20s, 500ms, 2m and 1m30s"));
        if (time.compareTo(LONGEST) > 0) {
            throw ValueConverters.wrong(text, "is longer than " + LONGEST.toDays() + " days");
        }
        return time;
    }
}
