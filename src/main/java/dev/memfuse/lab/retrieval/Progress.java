package dev.memfuse.lab.retrieval;

/// Is told how far long work is, on the thread that does it.
@FunctionalInterface
public interface Progress {

    /// @param step what is being done, a few words
    /// @param done of `total`
    /// @param total 0 when it is not known
    void at(String step, long done, long total);
}
