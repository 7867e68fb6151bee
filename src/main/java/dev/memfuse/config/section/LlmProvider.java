package dev.memfuse.config.section;

/// Who reads the messages for M1 and M2 (`llm.provider`).
public enum LlmProvider {
    /// Rules and taggers in this process; needs no network.
    LOCAL,
    /// Any server that speaks OpenAI's chat completions.
    OPENAI
}
