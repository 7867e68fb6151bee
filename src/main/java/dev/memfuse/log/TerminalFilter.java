package dev.memfuse.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/// Lets warnings and errors through to the terminal, except those that [LogMarkers] keep for the file.
public final class TerminalFilter extends Filter<ILoggingEvent> {
    private volatile boolean brief;

    void brief(boolean haveFile) {
        brief = haveFile;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean wanted = !has(event, LogMarkers.REPORTED) && !(brief && has(event, LogMarkers.UNEXPECTED));
        return wanted && event.getLevel().isGreaterOrEqual(Level.WARN)
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }

    private static boolean has(ILoggingEvent event, Marker marker) {
        return event.getMarkerList() != null && event.getMarkerList().contains(marker);
    }
}
