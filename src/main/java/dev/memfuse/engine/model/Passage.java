package dev.memfuse.engine.model;

/// A text and what was said before it.
///
/// @param before content of the preceding message; empty when there is none or it is unknown
/// @param text the text to embed
public record Passage(String before, String text) {}
