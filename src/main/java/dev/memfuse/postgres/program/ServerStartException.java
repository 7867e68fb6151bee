package dev.memfuse.postgres.program;

import dev.memfuse.engine.exception.EngineException;

import org.jspecify.annotations.Nullable;

/// The embedded server could not be started. The message is the problem and the advice, two sentences for the user.
public final class ServerStartException extends EngineException {
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

    /// What is wrong, one sentence.
    public String problem() {
        return problem;
    }

    /// What to do, one sentence.
    public String advice() {
        return advice;
    }
}
