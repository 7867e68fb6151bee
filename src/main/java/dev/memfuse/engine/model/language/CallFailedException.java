package dev.memfuse.engine.model.language;

import org.jspecify.annotations.Nullable;

/// A call to the server failed.
final class CallFailedException extends Exception {
    private final transient CallFailure failure;

    CallFailedException(CallFailure failure, @Nullable Throwable cause) {
        super(failure.reason(), cause);
        this.failure = failure;
    }

    CallFailure failure() {
        return failure;
    }
}
