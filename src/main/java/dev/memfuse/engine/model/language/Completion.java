package dev.memfuse.engine.model.language;

import java.util.Optional;
import java.util.OptionalLong;

/// Answer of a server to a prompt.
///
/// @param text text of the answer; empty when the model gave none
/// @param promptTokens tokens of the prompt as the server counted them; empty when it did not
/// @param answerTokens tokens of the answer as the server counted them; empty when it did not
record Completion(Optional<String> text, OptionalLong promptTokens, OptionalLong answerTokens) {}
