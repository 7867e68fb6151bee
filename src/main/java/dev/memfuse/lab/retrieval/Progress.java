package dev.memfuse.lab.retrieval;

/// Receives the progress of long work, on the thread that performs it.
@FunctionalInterface
public interface Progress {

    /// Reports the current state.
    ///
    /// @param step the current step, in a few words
    /// @param done completed units of `total`
    /// @param total all units; 0 when unknown
    void at(String step, long done, long total);
}
