package dev.memfuse.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.helper.ArchiveRemover;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.LogLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of this process: [#collect] from the first line of the program, then [#openIn] once the data folder is
/// known. Lines written before that go to the file too. Thread-safe.
///
/// Until a file is open the terminal gets warnings with their stack traces; then it gets them as one line each.
public final class ProgramLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramLog.class);
    private static final String OWN_LOGGERS = "dev.memfuse";

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final LogRotation rotation;
    private final StatusListener writeFailures = this::reportWriteFailure;
    private final AtomicBoolean writeFailed = new AtomicBoolean();
    private LogLocation location = LogLocation.none("No data folder is known yet.");
    private @Nullable EarlyLines early;
    private @Nullable LogSlot slot;
    private @Nullable PrivateFileAppender file;

    /// Creates a log that is not active until [#collect].
    public ProgramLog() {
        this(LogRotation.STANDARD);
    }

    ProgramLog(LogRotation rotation) {
        this.rotation = rotation;
    }

    /// Starts to collect lines for the file, and logs exceptions that no thread catches.
    public synchronized ProgramLog collect() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LOG
                .error("Program: an uncaught exception ended thread {}", thread.getName(), failure));
        // The level is not known yet: lines below it are dropped when the file is opened.
        context.getLogger(OWN_LOGGERS).setLevel(Level.TRACE);
        early = attach();
        return this;
    }

    private EarlyLines attach() {
        EarlyLines lines = new EarlyLines();
        lines.setContext(context);
        lines.setName("EARLY");
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        return lines;
    }

    /// Opens the file. When that fails, the program runs without a log file and the result holds the reason. A call
    /// after the file is open has no effect.
    ///
    /// @param folder exists and belongs to this account alone
    /// @param level level until the configuration is read
    public synchronized LogLocation openIn(Path folder, LogLevel level) {
        if (file != null) {
            return location;
        }
        level(level);
        try {
            LogSlot taken = LogSlot.take(folder);
            slot = taken;
            PrivateFileAppender opened = PrivateFileAppender.start(context, taken.file(), rotation);
            location = LogLocation.at(taken.file());
            EarlyLines lines = early == null ? attach() : early;
            early = lines;
            lines.passTo(opened,
                    event -> context.getLogger(event.getLoggerName()).isEnabledFor(event.getLevel()));
            file = opened;
            terminals(true);
            context.getStatusManager().add(writeFailures);
            return location;
        } catch (IOException e) {
            // The message of its subclasses is often a path alone.
            boolean sentence = e.getClass().equals(IOException.class);
            return unavailable((sentence ? e.getMessage() : e.toString()) + ".", level);
        } catch (RuntimeException e) {
            // A program without a log is better than none.
            return unavailable("The log could not be opened: " + e + ".", level);
        }
    }

    /// Records that no file can be opened; the terminal keeps getting warnings in full.
    ///
    /// @param problem one sentence
    public synchronized LogLocation unavailable(String problem, LogLevel level) {
        close();
        level(level);
        location = LogLocation.none(problem);
        LOG.warn("Log: there is no log file. {}", problem);
        return location;
    }

    /// Returns the path of the file, or the reason why there is none.
    public synchronized LogLocation location() {
        return location;
    }

    /// Sets the lowest level that is recorded. Libraries record at INFO at most: their finer lines may hold data.
    public synchronized void level(LogLevel level) {
        Level wanted = Level.toLevel(level.name());
        Level before = context.getLogger(OWN_LOGGERS).getEffectiveLevel();
        context.getLogger(OWN_LOGGERS).setLevel(wanted);
        context.getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(wanted.isGreaterOrEqual(Level.INFO) ? wanted : Level.INFO);
        if (file != null && !wanted.equals(before)) {
            LOG.info("Log: level {}", level);
        }
    }

    /// Logback reports a failed write in its status list only: the terminal takes over, with stack traces. Called under
    /// locks of Logback that a writer which rolls the file takes too, so the line is written by another thread, and the
    /// lock of this object is not taken. An old file that is gone already is no failed write.
    private void reportWriteFailure(Status status) {
        if (status.getEffectiveLevel() >= Status.WARN && !(status.getOrigin() instanceof ArchiveRemover)
                && writeFailed.compareAndSet(false, true)) {
            terminals(false);
            BackgroundThreads.virtual("memfuse-log-report").start(() -> LOG
                    .warn("Log: the file lacks lines from now on. {}", status.getMessage(), status.getThrowable()));
        }
    }

    private void terminals(boolean haveFile) {
        var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof ConsoleAppender<ILoggingEvent> terminal
                    && terminal.getEncoder() instanceof LayoutWrappingEncoder<ILoggingEvent> encoder
                    && encoder.getLayout() instanceof TerminalLayout layout) {
                layout.brief(haveFile);
                terminal.getCopyOfAttachedFiltersList().forEach(filter -> {
                    if (filter instanceof TerminalFilter lines) {
                        lines.brief(haveFile);
                    }
                });
            }
        }
    }

    /// Closes the file and frees its name for others. Not needed at the end of the process: lines are written at once,
    /// and the last ones come from shutdown hooks.
    @Override
    public synchronized void close() {
        context.getStatusManager().remove(writeFailures);
        terminals(false);
        context.getLogger(OWN_LOGGERS).setLevel(null);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        if (early != null) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(early);
            early.stop();
            early = null;
        }
        if (file != null) {
            file.stop();
            file = null;
        }
        if (slot != null) {
            try {
                slot.close();
            } catch (IOException e) {
                LOG.debug("Log: the lock of the file could not be released", e);
            }
            slot = null;
        }
        location = LogLocation.none("It is closed.");
    }
}
