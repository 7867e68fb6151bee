package dev.memfuse.config.section;

/// Section `layers`. M0, the raw messages, is always on.
///
/// @param m1 episodic memory: embedded chunks and episodes
/// @param m2 semantic memory: extracted facts
/// @param maxBacklog number of pending rounds from which adds are slowed or refused, 0..100 000 000; 0 for no bound
/// @param whenFull effect on adds
public record LayersConfig(M1Config m1, M2Config m2, int maxBacklog, WhenFull whenFull) {

    /// Section `layers.m1`.
    ///
    /// @param enabled whether the layer processes new messages
    public record M1Config(boolean enabled) {}

    /// Section `layers.m2`.
    ///
    /// @param enabled whether the layer processes new messages
    /// @param minConfidence facts with a lower confidence are discarded, 0..1
    /// @param conflictSimilarity minimum cosine similarity of two facts that are checked for a contradiction, 0..1
    public record M2Config(boolean enabled, double minConfidence, double conflictSimilarity) {}
}
