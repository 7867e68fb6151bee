package dev.memfuse.engine.retrieval;

import dev.memfuse.engine.MemoryLayer;

/// Posting lists by term.
interface TermSource {
    /// Passes the entries of a layer that contain a term to `consumer`, removed entries included.
    void collect(MemoryLayer layer, String term, PostingConsumer consumer);

    /// Receives entries with the number of occurrences of the term in each, many at once: a call for each entry takes
    /// longer than the rest of the work.
    @FunctionalInterface
    interface PostingConsumer {
        /// @param ordinals of the entries; valid during the call, and not to be changed
        /// @param frequencies of the term in each entry; valid during the call, and not to be changed
        /// @param size number of entries
        void accept(int[] ordinals, int[] frequencies, int size);
    }
}
