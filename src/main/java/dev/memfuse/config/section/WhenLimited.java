package dev.memfuse.config.section;

/// Action when the limits of `llm.max_requests_per_minute` or `llm.max_tokens_per_minute` allow no call now
/// (`llm.when_limited`).
public enum WhenLimited {
    /// The round stays in the work list until the limits allow a call.
    WAIT,
    /// Rules build the layer of the round.
    FALLBACK
}
