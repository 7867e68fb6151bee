package dev.memfuse.log;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/// The log before [ProgramLog] opens its file: warnings go to the terminal. Logback finds this class as a service. In
/// code and not in XML, whose reader takes longer than all the rest of the start of the log.
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final Map<String, Level> LEVELS = Map.of(
            // Warns of each fixed-size pool, and of connections that a stopped server took along.
            "com.zaxxer.hikari", Level.ERROR,
            // The lines of the component Schema say what Flyway did.
            "org.flywaydb", Level.WARN,
            // The lines of the component HTTP say when the server starts and stops.
            "org.eclipse.jetty", Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        TerminalFilter filter = new TerminalFilter();
        filter.setContext(log);
        filter.start();
        TerminalLayout layout = new TerminalLayout();
        layout.setContext(log);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(log);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> terminal = new ConsoleAppender<>();
        terminal.setContext(log);
        terminal.setName("STDERR");
        terminal.setTarget("System.err");
        terminal.addFilter(filter);
        terminal.setEncoder(encoder);
        terminal.start();
        LEVELS.forEach((name, level) -> log.getLogger(name).setLevel(level));
        log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(terminal);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
