package dev.memfuse.log;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.rolling.SizeAndTimeBasedFileNamingAndTriggeringPolicy;
import ch.qos.logback.core.rolling.helper.ArchiveRemover;
import ch.qos.logback.core.rolling.helper.FileNamePattern;
import ch.qos.logback.core.rolling.helper.RollingCalendar;
import ch.qos.logback.core.rolling.helper.SizeAndTimeBasedArchiveRemover;

/// Names and rolls log files by day and size. Old files are removed by one clean-up at a time: Logback starts one after
/// each roll in a thread of its own, all with one mutable calendar, so that two at once computed wrong days and deleted
/// files of today.
final class RollingPeriods extends SizeAndTimeBasedFileNamingAndTriggeringPolicy<ILoggingEvent> {
    private final String pattern;

    /// @param pattern of the names of rolled files, with a day and a number
    RollingPeriods(Context context, String pattern) {
        this.pattern = pattern;
        setContext(context);
    }

    @Override
    protected ArchiveRemover createArchiveRemover() {
        FileNamePattern names = new FileNamePattern(pattern, context);
        return new OrderedRemover(names,
                new RollingCalendar(names.getPrimaryDateTokenConverter().getDatePattern()));
    }

    private static final class OrderedRemover extends SizeAndTimeBasedArchiveRemover {
        private Future<?> last = CompletableFuture.completedFuture(null);
        private Instant latest = Instant.MIN;

        private OrderedRemover(FileNamePattern names, RollingCalendar days) {
            super(names, days);
        }

        /// Waits for the clean-up before, some milliseconds at most, unless the thread is interrupted: then this one is
        /// left to the next roll.
        @Override
        public synchronized Future<?> cleanAsynchronously(Instant now) {
            try {
                last.get();
            } catch (ExecutionException e) {
                addWarn("Old files of the log were not removed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last;
            }
            // After the clock was set back, a clean-up must not look older than the one before.
            latest = now.isAfter(latest) ? now : latest;
            last = super.cleanAsynchronously(latest);
            return last;
        }
    }
}
