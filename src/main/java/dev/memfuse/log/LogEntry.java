package dev.memfuse.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.config.section.LogLevel;

/// One entry of the log file: a first line such as
/// `2026-03-01T14:02:11.123+01:00 INFO  [engine-start] Journal: open, 3 rounds recovered`, and indented lines below it.
///
/// @param at time of the event, in milliseconds
/// @param level severity
/// @param thread name of the thread
/// @param component word before the first colon of the text, for instance `Journal`; empty when there is none
/// @param text rest of the first line
/// @param details lines below it, for instance a stack trace, joined by line feeds; may be empty
public record LogEntry(Instant at, LogLevel level, String thread, String component, String text, String details) {
    /// Indentation of every line of an entry but the first.
    static final String INDENT = "    ";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx",
            Locale.ROOT);
    private static final Pattern FIRST_LINE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d) (ERROR|WARN|INFO|DEBUG|TRACE) {1,2}"
                    + "\\[([^\\]]*)] (?:([^:]{1,40}): )?(.*)");

    /// Reads the first line of an entry; empty when the line does not begin one.
    public static Optional<LogEntry> parse(String line) {
        Matcher parts = FIRST_LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String component = parts.group(4);
            return Optional.of(new LogEntry(OffsetDateTime.parse(parts.group(1)).toInstant(),
                    LogLevel.valueOf(parts.group(2)), parts.group(3), component == null ? "" : component,
                    parts.group(5), ""));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// Reads the entries of consecutive lines; lines before the first entry are dropped.
    public static List<LogEntry> read(List<String> lines) {
        List<LogEntry> entries = new ArrayList<>();
        List<String> below = new ArrayList<>();
        for (String line : lines.reversed()) {
            Optional<LogEntry> entry = parse(line);
            if (entry.isEmpty()) {
                below.add(line.startsWith(INDENT) ? line.substring(INDENT.length()) : line);
            } else {
                entries.add(entry.get().withDetails(String.join("\n", below.reversed())));
                below.clear();
            }
        }
        return List.copyOf(entries.reversed());
    }

    /// Returns the entry with other details.
    public LogEntry withDetails(String lines) {
        return new LogEntry(at, level, thread, component, text, lines);
    }

    /// Returns the entry as it stands in the file, with times in the zone of this machine.
    public String asText() {
        String head = head(at, level.name(), thread) + (component.isEmpty() ? "" : component + ": ") + text;
        return details.isEmpty() ? head : head + "\n" + INDENT + details.replace("\n", "\n" + INDENT);
    }

    static String head(Instant at, String level, String thread) {
        return TIME.format(at.atZone(ZoneId.systemDefault())) + " " + level
                + " ".repeat(Math.max(1, 6 - level.length()))
                + "[" + thread.replace(']', ')').replace('\n', ' ') + "] ";
    }
}
