package dev.memfuse.cli.terminal;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import dev.memfuse.config.ConfigException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.LogMarkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// The exit codes of the program, and how a failure becomes one of them and a sentence.
public final class ExitCodes implements IExecutionExceptionHandler {
    /// All went well.
    public static final int FINE = 0;
    /// The run failed, or a threshold was missed.
    public static final int FAILED = 1;
    /// Wrong usage or configuration.
    static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ExitCodes.class);

    private final Supplier<LogLocation> log;

    /// @param log where the log is, asked at a failure
    public ExitCodes(Supplier<LogLocation> log) {
        this.log = log;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
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
        command.getErr().println(command.getColorScheme().errorText(sentence));
        if (cause instanceof EngineException problem && !problem.detail().isEmpty()) {
            command.getErr().println(problem.detail());
        }
        command.getErr().flush();
        return of(cause);
    }

    /// The exit code of a failure.
    static int of(Throwable failure) {
        Throwable cause = cause(failure);
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
