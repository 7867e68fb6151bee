package dev.memfuse.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;

/// Parses timed changes such as `10s:buffer.bypass_mode=true`.
final class TimedChangeConverter implements ITypeConverter<TimedChange> {
    private static final Pattern FORM = Pattern.compile("([^:]+):([^=]+)=(.*)", Pattern.DOTALL);
    private final DurationConverter durations = new DurationConverter();

    @Override
    public TimedChange convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ValueConverters.wrong(text, "is not a timed change; an example is 10s:buffer.bypass_mode=true");
        }
        return new TimedChange(durations.convert(form.group(1)), form.group(2).strip(), form.group(3));
    }
}
