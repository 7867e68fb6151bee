package dev.memfuse.engine.model.language;

import java.time.Duration;

/// A request to a language model. The answer is one JSON object.
///
/// @param system task and format of the answer
/// @param user text that the task refers to
/// @param temperature 0 (always the most likely token)..2
/// @param maxTokens maximum length of the answer in tokens
/// @param limit time limit of the whole request: waiting for the rate limit, calls and retries
public record Prompt(String system, String user, double temperature, int maxTokens, Duration limit) {

    /// Returns the prompt with another time limit.
    public Prompt within(Duration other) {
        return new Prompt(system, user, temperature, maxTokens, other);
    }
}
