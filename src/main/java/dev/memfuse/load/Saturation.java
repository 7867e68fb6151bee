package dev.memfuse.load;

/// A sign that the load generator itself, not the engine, limits or delays a load.
///
/// @param cause in a few words, for a line of progress: `processors busy to 98 %`
/// @param sentence what it means for the figures
public record Saturation(String cause, String sentence) {}
