package dev.memfuse.engine.model.language;

/// Answers a prompt in text. Thread-safe; blocks, and holds no lock or connection meanwhile.
public interface LanguageModel {

    /// The model's name at its server.
    String name();

    /// Tokens of a text, as the limits count them.
    int countTokens(String text);

    /// The answer to a prompt; its time counts as stage `llm`.
    ///
    /// @throws LanguageModelException when there is none within the prompt's limit
    JsonAnswer complete(Prompt prompt);
}
