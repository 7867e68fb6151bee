package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.WhenLimited;
import dev.memfuse.engine.model.tokenizer.ChatVocabularies;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// A model behind OpenAI's chat completions. The rate limit counts each call, retries included. A retryable failure is
/// retried after the wait that the server requests, or with exponential backoff and jitter. With `llm.when_limited:
/// wait` a call that the limit does not allow at once fails with a [RateLimitedException].
final class OpenAiLanguageModel implements LanguageModel {
    private static final Duration MIN_BACKOFF = Duration.ofMillis(500);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(20);

    private final ChatClient client;
    private final LlmConfig config;
    private final RateLimit limit;
    private final Timing timing;
    private final Encoding encoding;
    private final ModelUsage usage;

    /// Sources of time and randomness.
    ///
    /// @param clock monotonic clock in nanoseconds
    record Timing(LongSupplier clock, Pause pause, RandomGenerator random) {}

    /// @param usage counts the calls and their tokens
    OpenAiLanguageModel(ChatClient client, LlmConfig config, RateLimit limit, Timing timing, ModelUsage usage) {
        this.usage = usage;
        this.client = client;
        this.config = config;
        this.limit = limit;
        this.timing = timing;
        this.encoding = ChatVocabularies.encoding(ChatVocabularies.of(config.model(), EncodingType.O200K_BASE));
    }

    @Override
    public String name() {
        return config.model();
    }

    @Override
    public int countTokens(String text) {
        return encoding.countTokensOrdinary(text);
    }

    @Override
    public JsonAnswer complete(Prompt prompt) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.LLM);
        try {
            return completeWithRetries(prompt);
        } finally {
            trace.exit(outer);
        }
    }

    private JsonAnswer completeWithRetries(Prompt prompt) {
        long end = timing.clock().getAsLong() + prompt.limit().toNanos();
        int tokens = countTokens(prompt.system()) + countTokens(prompt.user()) + prompt.maxTokens();
        var allowed = new RateLimit.PerMinute(config.maxRequestsPerMinute(), config.maxTokensPerMinute());
        for (int attempt = 1;; attempt++) {
            limit.acquire(tokens, allowed,
                    config.whenLimited() == WhenLimited.WAIT ? Duration.ZERO : remaining(end));
            try {
                return call(prompt, shorter(config.timeout(), remaining(end)));
            } catch (CallFailedException e) {
                CallFailure failure = e.failure();
                Duration wait = failure.retryAfter().isPresent() ? failure.retryAfter().get() : backoff(attempt);
                if (!failure.retryable() || attempt > config.maxRetries() || wait.compareTo(remaining(end)) >= 0) {
                    throw new LanguageModelException(sentence(failure, attempt), e);
                }
                timing.pause().pause(wait);
            }
        }
    }

    private JsonAnswer call(Prompt prompt, Duration timeout) throws CallFailedException {
        usage.requested();
        Completion completion = client.complete(config.model(), prompt, timeout);
        String text = completion.text().orElse("");
        usage.answered(
                completion.promptTokens().orElseGet(() -> countTokens(prompt.system()) + countTokens(prompt.user())),
                completion.answerTokens().orElseGet(() -> countTokens(text)));
        if (text.isEmpty()) {
            throw new LanguageModelException("The language model gave an empty answer.", null);
        }
        return JsonAnswer.read(text);
    }

    private Duration remaining(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - timing.clock().getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Returns the wait after an attempt: doubles with each attempt, with a jitter of up to one half against
    /// simultaneous retries.
    private Duration backoff(int attempt) {
        Duration full = shorter(MAX_BACKOFF, MIN_BACKOFF.multipliedBy(1L << Math.min(attempt - 1, 10)));
        return Duration.ofNanos(Math.round(full.toNanos() * (0.5 + timing.random().nextDouble() / 2)));
    }

    private String sentence(CallFailure failure, int attempts) {
        return "The language model at " + config.baseUrl() + " " + failure.reason()
                + (attempts > 1 ? ", after " + attempts + " calls." : ".");
    }
}
