package dev.memfuse.config.section;

import java.time.Duration;

/// Section `llm`. The key of the service is no part of it: it comes from the environment alone.
///
/// @param provider who reads the messages
/// @param baseUrl where the service answers, up to and with its version, for instance `https://api.openai.com/v1`
/// @param model the model's name at the service
/// @param timeout longest time of one call, 0.1 s..10 min
/// @param maxRequestsPerMinute calls per minute, repetitions included, 1..100 000
/// @param maxTokensPerMinute tokens per minute, of prompts and the longest answers allowed, 1..100 000 000
/// @param maxRetries how often one call is repeated after 429, 5xx or no answer, 0..20
public record LlmConfig(LlmProvider provider, String baseUrl, String model, Duration timeout,
        int maxRequestsPerMinute, int maxTokensPerMinute, int maxRetries) {}
