package dev.memfuse.config.section;

/// The reader of messages for M1 and M2 (`llm.provider`).
public enum LlmProvider {
    /// Rules and taggers in this process; needs no network.
    LOCAL,
    /// A server with OpenAI's chat completions API.
    OPENAI
}
