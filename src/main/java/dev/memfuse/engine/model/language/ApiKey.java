package dev.memfuse.engine.model.language;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API key of the environment: the value of `MEMFUSE_LLM_API_KEY`, or else of `OPENAI_API_KEY`. It belongs to the
/// server that is configured when it is needed first; no other server of this process receives it, since
/// `llm.base_url` may change while the engine runs. Never printed. Not thread-safe.
final class ApiKey {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKey.class);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final String value;
    private @Nullable String server;

    /// @param environment environment variables
    ApiKey(Map<String, String> environment) {
        value = Stream.of("MEMFUSE_LLM_API_KEY", "OPENAI_API_KEY")
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(key -> !key.isEmpty()).findFirst().orElse("");
    }

    /// Returns the key for a server; empty when there is none, or when it belongs to another server.
    ///
    /// @throws LanguageModelException when it holds characters that a header must not have
    Optional<String> forServer(String baseUrl) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new LanguageModelException("The API key in the environment holds a blank, a line break or a "
                    + "character that is not ASCII; set it again.", null);
        }
        String wanted = origin(baseUrl);
        if (server == null) {
            server = wanted;
        }
        if (!server.equals(wanted)) {
            LOG.warn("Language model: the key is for {} and is not sent to {}; restart the program to use it there",
                    server, wanted);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static String origin(String baseUrl) {
        URI url = URI.create(baseUrl);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? HTTPS : HTTP;
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (url.getPort() < 0 ? standard : url.getPort());
    }
}
