package dev.memfuse.transfer;

/// How far an export or an import is. Called after each record on the thread that does the work; what it throws ends the
/// work and undoes it.
@FunctionalInterface
public interface Progress {

    /// @param records so many are done
    /// @param share of the whole, 0..1; negative when unknown
    void done(long records, double share);
}
