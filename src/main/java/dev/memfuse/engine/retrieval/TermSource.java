package dev.memfuse.engine.retrieval;

import dev.memfuse.engine.MemoryLayer;

/// Posting lists by term.
interface TermSource {
    /// Passes each entry of a layer that contains a term to `consumer`, removed entries included.
    void collect(MemoryLayer layer, String term, PostingConsumer consumer);

    /// Receives an entry and the number of occurrences of the term in it.
    @FunctionalInterface
    interface PostingConsumer {
        void accept(int ordinal, int frequency);
    }
}
