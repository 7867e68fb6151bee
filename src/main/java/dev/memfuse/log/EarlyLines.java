package dev.memfuse.log;

import java.util.ArrayDeque;
import java.util.function.Predicate;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;

/// Keeps the events from before the log file is known and passes them on, together with all later ones, once it is.
/// The order of events is kept.
final class EarlyLines extends AppenderBase<ILoggingEvent> {
    /// Far more than a start logs before it knows its folder; beyond it the oldest are dropped.
    private static final int LIMIT = 1000;

    private final ArrayDeque<ILoggingEvent> kept = new ArrayDeque<>();
    private @Nullable Appender<ILoggingEvent> target;

    // AppenderBase calls this under the lock of the appender.
    @Override
    protected void append(ILoggingEvent event) {
        if (target != null) {
            target.doAppend(event);
            return;
        }
        event.prepareForDeferredProcessing();
        if (kept.size() == LIMIT) {
            kept.removeFirst();
        }
        kept.addLast(event);
    }

    /// Passes on what was kept and everything from now on.
    ///
    /// @param wanted which of the kept events the level in force lets through
    synchronized void passTo(Appender<ILoggingEvent> file, Predicate<ILoggingEvent> wanted) {
        kept.stream().filter(wanted).forEach(file::doAppend);
        kept.clear();
        target = file;
    }

    @Override
    public synchronized void stop() {
        super.stop();
        kept.clear();
        target = null;
    }
}
