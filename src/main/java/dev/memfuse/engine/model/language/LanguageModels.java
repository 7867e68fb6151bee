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

/// The language model that the configuration names now. One client per address, opened at first use; the limits hold
/// across changes of the configuration. Thread-safe.
///
/// The key of the service is taken from `MEMFUSE_LLM_API_KEY`, else from `OPENAI_API_KEY`; it is never printed or kept
/// anywhere else. A server on this machine usually wants none.
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
    /// @param environment of the process: where the key comes from
    public LanguageModels(Supplier<LlmConfig> config, Map<String, String> environment) {
        this.config = config;
        this.environment = Map.copyOf(environment);
    }

    /// The model in use; empty with `llm.provider: local`.
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
                // Its own repetitions are off: they would pass by the limits.
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
