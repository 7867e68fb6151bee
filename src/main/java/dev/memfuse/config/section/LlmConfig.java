package dev.memfuse.config.section;

import java.time.Duration;

/// Section `llm`. The API key is not part of it; it comes from the environment.
///
/// @param provider reader of the messages
/// @param baseUrl URL of the server's API, including its version, for instance `https://api.openai.com/v1`
/// @param model name of the model on the server
/// @param timeout maximum time of one call, 0.1 s..10 min
/// @param maxRequestsPerMinute maximum number of calls per minute, retries included, 1..100 000
/// @param maxTokensPerMinute maximum number of tokens per minute, of prompts and maximum answers, 1..100 000 000
/// @param maxRetries maximum number of retries of one call after 429, 5xx or no answer, 0..20
/// @param whenLimited action when the limits per minute allow no call now
/// @param certificates file with the certificates, in PEM form, that are trusted besides those of Java; empty for none
/// @param promptPrice price of a million tokens of prompts, in cents, 0..1 000 000
/// @param answerPrice price of a million tokens of answers, in cents, 0..1 000 000
public record LlmConfig(LlmProvider provider, String baseUrl, String model, Duration timeout,
        int maxRequestsPerMinute, int maxTokensPerMinute, int maxRetries, WhenLimited whenLimited,
        String certificates, int promptPrice, int answerPrice) {}
