package dev.memfuse.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.log.LogMarkers;
import dev.memfuse.postgres.program.FolderInUseException;
import dev.memfuse.postgres.program.ServerStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A start of the engine that failed.
///
/// @param problem what failed, a sentence for the user
/// @param advice what to do
record StartFailure(String problem, String advice, Throwable cause) {
    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

    /// @param log names the log
    static StartFailure of(Throwable cause, String log) {
        return switch (cause) {
            case ServerStartException e -> new StartFailure(e.problem(), e.advice(), e);
            case EngineException e -> new StartFailure(String.valueOf(e.getMessage()),
                    "Check the database, then retry.", e);
            default -> new StartFailure("The engine did not start: " + cause, log, cause);
        };
    }

    /// Returns the failure of a step before the start: of the end of the engine before, or of the change.
    ///
    /// @param log names the log
    static StartFailure ofChange(Throwable cause, String log) {
        return cause instanceof RuntimeException && cause.getMessage() != null
                ? new StartFailure(cause.getMessage(), "Choose another value.", cause)
                : new StartFailure("The engine was not changed: " + cause + ".", log, cause);
    }

    /// Logs the failure; a folder in use is no error.
    void log() {
        if (cause instanceof FolderInUseException) {
            LOG.info("Engine: {}", problem);
            return;
        }
        LOG.error(cause instanceof EngineException ? LogMarkers.REPORTED : LogMarkers.UNEXPECTED,
                "Engine: the start failed. {} {} {}", problem, advice,
                cause instanceof EngineException known ? known.detail() : "", cause);
    }

    /// Returns the state of an engine that did not start.
    EngineState state() {
        return new EngineState.Failed(problem, advice, detail(), cause instanceof FolderInUseException used
                ? OptionalLong.of(used.pid())
                : OptionalLong.empty());
    }

    /// Returns what the cause says beside its message; the stack trace of an unexpected one.
    String detail() {
        if (cause instanceof EngineException known) {
            return known.detail();
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
