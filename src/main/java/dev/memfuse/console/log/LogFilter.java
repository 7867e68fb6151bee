package dev.memfuse.console.log;

import java.util.function.Predicate;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.log.LogEntry;

/// Filter of the entries.
///
/// @param level lowest severity
/// @param component name of the component; empty for all
record LogFilter(LogLevel level, String component) implements Predicate<LogEntry> {
    static final LogFilter ALL = new LogFilter(LogLevel.TRACE, "");

    @Override
    public boolean test(LogEntry entry) {
        return entry.level().compareTo(level) <= 0 && (component.isEmpty() || component.equals(entry.component()));
    }
}
