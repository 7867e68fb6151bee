package dev.memfuse.engine.host;

import dev.memfuse.engine.exception.EngineException;

/// Thrown when the engine does not start, since another program uses the data folder.
public final class EngineInUseException extends EngineException {
    private final long pid;

    /// @param pid id of the process, 0 when it is not known
    public EngineInUseException(String message, long pid) {
        super(message);
        this.pid = pid;
    }

    /// Returns the id of the process that uses the folder; 0 when it is not known.
    public long pid() {
        return pid;
    }
}
