package dev.memfuse.log;

import java.util.ArrayDeque;
import java.util.function.Predicate;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;

/// Buffers events until the log file is open, then forwards them and all later events in their order.
final class EarlyLines extends AppenderBase<ILoggingEvent> {
    /// Maximum number of buffered events, far more than a start produces; the oldest are dropped.
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

    /// Forwards the buffered events and every later one.
    ///
    /// @param wanted accepts the buffered events that the level in force records
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
