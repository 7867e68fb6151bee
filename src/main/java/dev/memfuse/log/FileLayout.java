package dev.memfuse.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/// Writes an event in the form that [LogEntry] reads. Only the first line of an entry begins at the margin, so that a
/// text cannot imitate an entry.
final class FileLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = LogFormat.clean(LogFormat.full(event)).replace("\n", "\n" + LogEntry.INDENT);
        return LogEntry.head(event.getInstant(), event.getLevel().toString(), event.getThreadName()) + text + "\n";
    }
}
