package dev.memfuse.engine;

/// A memory layer built from the raw messages.
public enum DerivedLayer {
    /// Episodic: embedded chunks.
    M1,
    /// Semantic: extracted facts.
    M2
}
