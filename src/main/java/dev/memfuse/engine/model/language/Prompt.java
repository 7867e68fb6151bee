package dev.memfuse.engine.model.language;

import java.time.Duration;

/// What a language model is asked. The answer is one JSON object.
///
/// @param system the task and the form of the answer
/// @param user the text the task is about
/// @param temperature 0 (always the likeliest word)..2
/// @param maxTokens longest answer
/// @param limit longest time for everything: waiting for the limits, calls and repetitions
public record Prompt(String system, String user, double temperature, int maxTokens, Duration limit) {}
