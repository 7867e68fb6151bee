package dev.memfuse.engine.retrieval;

/// Stored and buffered entries of one user, from which an index is built and corrected.
@FunctionalInterface
public interface IndexSource {

    /// Reports every stored and every buffered entry of the user to `target`. Blocks for the database.
    ///
    /// Reads the buffers before the database: a message that is flushed in between is then reported twice, which has
    /// no effect, and never missed.
    void load(Reconciliation target);
}
