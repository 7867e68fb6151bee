package dev.memfuse.load.corpus;

/// A question whose answer stands in its conversation.
///
/// @param askableFrom turns of the conversation after which the answer was said, from 1
public record Question(String text, int askableFrom) {}
