package dev.memfuse.load.process;

import dev.memfuse.engine.exception.EngineException;

/// Failure of a call at the other end of the channel. The message is a sentence for the user.
final class RemoteFailure extends EngineException {
    RemoteFailure(String message) {
        super(message);
    }
}
