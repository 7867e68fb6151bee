package dev.memfuse.config;

/// Section `layers`. M0, the raw messages, has no switch: it is always on.
///
/// @param m1 episodic memory: embedded chunks
/// @param m2 semantic memory: extracted facts
public record LayersConfig(Layer m1, Layer m2) {

    /// Section `layers.<name>`.
    ///
    /// @param enabled whether new messages are processed by this layer
    public record Layer(boolean enabled) {}
}
