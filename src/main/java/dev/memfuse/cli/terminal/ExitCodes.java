package dev.memfuse.cli.terminal;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import dev.memfuse.config.ConfigException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.LogMarkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// The exit codes of the program. Maps an exception to an exit code and prints its message.
public final class ExitCodes implements IExecutionExceptionHandler {
    /// Success.
    public static final int FINE = 0;
    /// The run failed, or a threshold was missed.
    public static final int FAILED = 1;
    /// Wrong usage or configuration.
    static final int USAGE = 2;
    /// The figures of a load do not describe the load that was asked for.
    public static final int VOID = 3;
    /// The load was stopped by hand; the same as the shell's code of Ctrl+C.
    public static final int STOPPED = 130;

    /// Remedy for a lack of memory.
    public static final String MORE_MEMORY = "Give the program more memory, for instance with -Xmx1g among the options "
            + "of Java or in the variable JAVA_TOOL_OPTIONS.";

    private static final Logger LOG = LoggerFactory.getLogger(ExitCodes.class);

    private final Terminal terminal;
    private final Supplier<LogLocation> log;

    /// @param terminal receives the message of a failure
    /// @param log returns the path of the log; called at a failure
    public ExitCodes(Terminal terminal, Supplier<LogLocation> log) {
        this.terminal = terminal;
        this.log = log;
    }

    /// Returns the exit code of a load.
    public static int of(Verdict.Outcome outcome) {
        return switch (outcome) {
            case GOOD -> FINE;
            case FAILED -> FAILED;
            case VOID -> VOID;
            case STOPPED -> STOPPED;
        };
    }

    /// Returns the exit code of a comparison.
    public static int of(ComparisonResult result) {
        if (result.cancelled()) {
            return STOPPED;
        }
        return switch (result.decision()) {
            case BETTER, SAME -> FINE;
            case WORSE -> FAILED;
            case NOT_ENOUGH -> VOID;
        };
    }

    /// Returns the exit code of a sweep.
    public static int of(SweepResult result) {
        return result.cancelled() ? STOPPED : result.problems().isEmpty() ? FINE : VOID;
    }

    /// Returns the exit code of advice.
    public static int of(AdviceReport report) {
        if (report.cancelled()) {
            return STOPPED;
        }
        return !report.enough() ? VOID : report.warns() ? FAILED : FINE;
    }

    /// Returns the exit code of the trial of an advice.
    public static int of(AdviceTrial trial) {
        if (trial.comparison().cancelled()) {
            return STOPPED;
        }
        return switch (trial.outcome()) {
            case KEEP -> FINE;
            case REVERT -> FAILED;
            case UNDECIDED -> VOID;
        };
    }

    /// Returns the exit code of a tuning.
    public static int of(TuneResult result) {
        return result.cancelled() ? STOPPED : result.proven() ? FINE : VOID;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return failed(failure, command.getColorScheme());
    }

    /// Reports the failure of a command.
    ///
    /// @param colors of the terminal
    /// @return the exit code
    public int failed(Exception failure, CommandLine.Help.ColorScheme colors) {
        Throwable cause = cause(failure);
        String sentence = cause.getMessage();
        boolean expected = cause instanceof ConfigException || cause instanceof EngineException
                || cause instanceof IllegalArgumentException || cause instanceof IllegalStateException
                || cause instanceof UncheckedIOException;
        if (!expected || sentence == null) {
            sentence = "Unexpected failure: " + cause + ". " + log.get().hint();
            LOG.error(LogMarkers.UNEXPECTED, "Command: failed unexpectedly", cause);
        } else if (of(cause) == USAGE) {
            LOG.error(LogMarkers.REPORTED, "Command: refused. {}", sentence);
        } else {
            LOG.error(LogMarkers.REPORTED, "Command: failed. {}", sentence, cause);
        }
        sentence.lines().map(PrintableText::message)
                .forEach(line -> terminal.styled(colors.errorText(line).toString()));
        if (cause instanceof EngineException failed) {
            failed.detail().lines().forEach(terminal::step);
        }
        adviseOnMemory(cause);
        return of(cause);
    }

    private void adviseOnMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                terminal.step(MORE_MEMORY);
                return;
            }
        }
    }

    /// Reports a failure of any kind, for instance a lack of memory.
    ///
    /// @return the exit code
    public int unexpected(Throwable failure) {
        LOG.error(LogMarkers.UNEXPECTED, "Command: failed unexpectedly", failure);
        terminal.step("Unexpected failure: " + failure + ". " + log.get().hint());
        adviseOnMemory(failure);
        return FAILED;
    }

    private static int of(Throwable cause) {
        return cause instanceof ConfigException || cause instanceof IllegalArgumentException ? USAGE : FAILED;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
