package dev.memfuse.engine.model.language;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LlmProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Provides the configured language model. Opens one client per address at first use; the rate limit applies across
/// changes of the configuration. Thread-safe.
///
/// The [ApiKey] is never printed or stored. A server on this machine usually needs none.
public final class LanguageModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageModels.class);

    private final ReentrantLock opening = new ReentrantLock();
    private final ModelUsage usage;
    private final Supplier<LlmConfig> config;
    private final ApiKey key;
    private final RateLimit limit = new RateLimit(System::nanoTime, Pause.REAL);
    private @Nullable ChatClient client;
    private String address = "";
    private String certificates = "";

    /// @param config read at each call
    /// @param environment environment variables, for the key
    /// @param usage counts the calls and their tokens
    public LanguageModels(Supplier<LlmConfig> config, Map<String, String> environment, ModelUsage usage) {
        this.usage = usage;
        this.config = config;
        key = new ApiKey(environment);
    }

    /// Returns the configured model; empty with `llm.provider: local`.
    public Optional<LanguageModel> current() {
        LlmConfig now = config.get();
        return now.provider() == LlmProvider.LOCAL ? Optional.empty() : Optional.of(open(now));
    }

    private LanguageModel open(LlmConfig now) {
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new OpenAiLanguageModel(client(now), now, limit,
                new OpenAiLanguageModel.Timing(System::nanoTime, Pause.REAL, random), usage);
    }

    private ChatClient client(LlmConfig now) {
        String baseUrl = now.baseUrl();
        opening.lock();
        try {
            ChatClient open = client;
            if (open == null || !address.equals(baseUrl) || !certificates.equals(now.certificates())) {
                open = new ChatClient(baseUrl, key.forServer(baseUrl), now.certificates());
                if (client != null) {
                    client.retire();
                }
                client = open;
                address = baseUrl;
                certificates = now.certificates();
                LOG.info("Language model: server at {}", baseUrl);
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        opening.lock();
        try {
            if (client != null) {
                client.close();
            }
            client = null;
            address = "";
        } finally {
            opening.unlock();
        }
    }
}
