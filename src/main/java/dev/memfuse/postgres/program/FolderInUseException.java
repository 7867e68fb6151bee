package dev.memfuse.postgres.program;

/// Thrown when another process uses the data folder.
public final class FolderInUseException extends ServerStartException {
    private final long pid;

    /// @param pid id of the process, 0 when it is not known
    public FolderInUseException(String problem, String advice, long pid) {
        super(problem, advice);
        this.pid = pid;
    }

    /// Returns the id of the process that uses the folder; 0 when it is not known.
    public long pid() {
        return pid;
    }
}
