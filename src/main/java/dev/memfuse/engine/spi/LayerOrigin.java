package dev.memfuse.engine.spi;

/// Origin of the layer of a round, stored with its state.
///
/// @param byModel whether the language model built it; otherwise rules did
/// @param note why the result is incomplete, or why rules replaced the model, a sentence; may be empty
public record LayerOrigin(boolean byModel, String note) {
    /// Built by rules without a problem.
    public static final LayerOrigin NONE = new LayerOrigin(false, "");
}
