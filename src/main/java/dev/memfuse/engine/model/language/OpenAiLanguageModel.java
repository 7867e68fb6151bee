package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.errors.OpenAIException;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// A model behind OpenAI's chat completions. Each call, also each repetition, is counted by the limits before it goes; a
/// call that failed in a way that may pass is repeated after the time the server asks for, or after a growing time
/// with jitter.
final class OpenAiLanguageModel implements LanguageModel {
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final OpenAIClient client;
    private final LlmConfig config;
    private final RateLimit limit;
    private final Timing timing;
    private final Encoding encoding;

    /// What time and chance are.
    ///
    /// @param clock in nanoseconds
    record Timing(LongSupplier clock, Pause pause, RandomGenerator random) {}

    OpenAiLanguageModel(OpenAIClient client, LlmConfig config, RateLimit limit, Timing timing) {
        this.client = client;
        this.config = config;
        this.limit = limit;
        this.timing = timing;
        this.encoding = ENCODINGS.getEncodingForModel(config.model())
                .orElseGet(() -> ENCODINGS.getEncoding(EncodingType.O200K_BASE));
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
            return repeat(prompt);
        } finally {
            trace.exit(outer);
        }
    }

    private JsonAnswer repeat(Prompt prompt) {
        long end = timing.clock().getAsLong() + prompt.limit().toNanos();
        int tokens = countTokens(prompt.system()) + countTokens(prompt.user()) + prompt.maxTokens();
        var allowed = new RateLimit.PerMinute(config.maxRequestsPerMinute(), config.maxTokensPerMinute());
        for (int attempt = 1;; attempt++) {
            limit.acquire(tokens, allowed, left(end));
            try {
                return call(prompt, shorter(config.timeout(), left(end)));
            } catch (OpenAIException e) {
                CallFailure failure = CallFailure.of(e, Instant.now());
                Duration wait = failure.after().isPresent() ? failure.after().get() : backoff(attempt);
                if (!failure.again() || attempt > config.maxRetries() || wait.compareTo(left(end)) >= 0) {
                    throw new LanguageModelException(sentence(failure, attempt), e);
                }
                timing.pause().pause(wait);
            }
        }
    }

    private JsonAnswer call(Prompt prompt, Duration timeout) {
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder().model(config.model())
                .addSystemMessage(prompt.system()).addUserMessage(prompt.user()).temperature(prompt.temperature())
                .maxCompletionTokens(prompt.maxTokens()).responseFormat(ResponseFormatJsonObject.builder().build())
                .build();
        ChatCompletion answer = client.chat().completions().create(question,
                RequestOptions.builder().timeout(timeout).build());
        String text = answer.choices().stream().findFirst().flatMap(choice -> choice.message().content())
                .orElseThrow(() -> new LanguageModelException("The language model gave an empty answer.", null));
        return JsonAnswer.read(text);
    }

    private Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - timing.clock().getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Doubles with each attempt; between half of it and all of it, so that callers do not come back together.
    private Duration backoff(int attempt) {
        Duration full = shorter(LONGEST_WAIT, FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 10)));
        return Duration.ofNanos(Math.round(full.toNanos() * (0.5 + timing.random().nextDouble() / 2)));
    }

    private String sentence(CallFailure failure, int attempts) {
        return "The language model at " + config.baseUrl() + " " + failure.reason()
                + (attempts > 1 ? ", after " + attempts + " calls." : ".");
    }
}
