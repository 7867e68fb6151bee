package dev.memfuse.engine.model.language;

/// A language model. Thread-safe; blocks without holding a lock or a connection.
public interface LanguageModel {

    /// Returns the name of the model at its server.
    String name();

    /// Returns the number of tokens of a text, as the rate limit counts them.
    int countTokens(String text);

    /// Returns the answer to a prompt; the time counts as stage `llm`.
    ///
    /// @throws LanguageModelException when there is no usable answer within the limit of the prompt
    JsonAnswer complete(Prompt prompt);
}
