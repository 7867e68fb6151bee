package dev.memfuse.log;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;

/// Writes an event for the terminal, with its stack trace only while there is no log file.
public final class TerminalLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private volatile boolean brief;

    /// Omits stack traces of later events, because the file has them.
    void brief(boolean without) {
        brief = without;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = brief
                ? (LogFormat.message(event) + LogFormat.causes(event)).replaceAll("\\s*\n\\s*", " ")
                : LogFormat.full(event);
        return TIME.format(event.getInstant().atZone(ZoneId.systemDefault())) + " " + event.getLevel() + " "
                + LogFormat.clean(text) + System.lineSeparator();
    }
}
