package dev.memfuse.engine;

/// A memory layer that extraction builds from the raw messages: every [MemoryLayer] except M0.
public enum DerivedLayer {
    /// Episodic: embedded chunks and episodes.
    M1,
    /// Semantic: extracted facts.
    M2
}
