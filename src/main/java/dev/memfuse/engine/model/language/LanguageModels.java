package dev.memfuse.engine.model.language;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LlmProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provides the configured language model. Opens one client per address at first use; the rate limit applies across
/// changes of the configuration. Thread-safe.
///
/// The API key is the value of `MEMFUSE_LLM_API_KEY`, or else of `OPENAI_API_KEY`; it is never printed or stored. A
/// server on this machine usually needs none.
public final class LanguageModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageModels.class);
    private static final String NO_KEY = "none";

    private final ReentrantLock opening = new ReentrantLock();
    private final Supplier<LlmConfig> config;
    private final Map<String, String> environment;
    private final RateLimit limit = new RateLimit(System::nanoTime, Pause.REAL);
    private @Nullable OpenAIClient client;
    private String address = "";

    /// @param config read at each call
    /// @param environment environment variables, for the key
    public LanguageModels(Supplier<LlmConfig> config, Map<String, String> environment) {
        this.config = config;
        this.environment = Map.copyOf(environment);
    }

    /// Returns the configured model; empty with `llm.provider: local`.
    public Optional<LanguageModel> current() {
        LlmConfig now = config.get();
        return now.provider() == LlmProvider.LOCAL ? Optional.empty() : Optional.of(open(now));
    }

    private LanguageModel open(LlmConfig now) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new OpenAiLanguageModel(client(now.baseUrl()), now, limit,
                new OpenAiLanguageModel.Timing(System::nanoTime, Pause.REAL, random));
    }

    private OpenAIClient client(String baseUrl) {
        opening.lock();
        try {
            OpenAIClient open = client;
            if (open == null || !address.equals(baseUrl)) {
                // The client's retries are off: they would bypass the rate limit.
                open = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(key()).maxRetries(0).build();
                closeClient();
                client = open;
                address = baseUrl;
                LOG.info("Language model: server at {}", baseUrl);
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    private String key() {
        return Stream.of("MEMFUSE_LLM_API_KEY", "OPENAI_API_KEY").map(name -> environment.getOrDefault(name, ""))
                .filter(key -> !key.isBlank()).findFirst().orElse(NO_KEY);
    }

    private void closeClient() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closeClient();
            client = null;
            address = "";
        } finally {
            opening.unlock();
        }
    }
}
