package dev.memfuse.postgres.program;

import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// The embedded server could not be started. The message consists of two sentences for the user: problem and advice.
public sealed class ServerStartException extends EngineException permits FolderInUseException {
    private final String problem;
    private final String advice;

    public ServerStartException(String problem, String advice, String detail, @Nullable Throwable cause) {
        super(problem + " " + advice, detail, cause);
        this.problem = problem;
        this.advice = advice;
    }

    public ServerStartException(String problem, String advice) {
        this(problem, advice, "", null);
    }

    /// Returns the problem, one sentence.
    public String problem() {
        return problem;
    }

    /// Returns the remedy, one sentence.
    public String advice() {
        return advice;
    }
}
