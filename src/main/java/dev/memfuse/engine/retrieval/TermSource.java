package dev.memfuse.engine.retrieval;

import dev.memfuse.engine.MemoryLayer;

/// Knows which entries contain a term.
interface TermSource {
    /// Gives each entry of a layer that contains a term, removed ones too.
    void collect(MemoryLayer layer, String term, Sink sink);

    /// Is given an entry and how often the term is in it.
    @FunctionalInterface
    interface Sink {
        void accept(int ordinal, int frequency);
    }
}
