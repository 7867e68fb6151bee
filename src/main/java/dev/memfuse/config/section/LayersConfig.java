package dev.memfuse.config.section;

/// Section `layers`. M0, the raw messages, has no switch: it is always on.
///
/// @param m1 episodic memory: embedded chunks and episodes
/// @param m2 semantic memory: extracted facts
public record LayersConfig(Layer m1, Semantic m2) {

    /// Section `layers.m1`.
    ///
    /// @param enabled whether new messages are processed by this layer
    public record Layer(boolean enabled) {}

    /// Section `layers.m2`.
    ///
    /// @param enabled whether new messages are processed by this layer
    /// @param minConfidence facts below this confidence are not kept, 0..1
    /// @param conflictSimilarity cosine similarity from which on two facts may contradict each other, 0..1
    public record Semantic(boolean enabled, double minConfidence, double conflictSimilarity) {}
}
