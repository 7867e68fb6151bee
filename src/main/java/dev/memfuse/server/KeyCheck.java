package dev.memfuse.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.server.rest.RecentCache;
import org.jspecify.annotations.Nullable;

/// Finds the key of a request. A key counts for ten seconds without another look into the database, and for as long as
/// the database is away. Thread-safe.
final class KeyCheck {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final String BEARER = "bearer ";

    private final Supplier<Optional<MemoryEngine>> engine;
    private final RecentCache<String, ApiKey> known = new RecentCache<>(MAX_AGE);

    KeyCheck(Supplier<Optional<MemoryEngine>> engine) {
        this.engine = engine;
    }

    /// Returns the text of the key that a request presents; empty when it presents none.
    ///
    /// @param authorization the header `Authorization`
    /// @param apiKey the header `X-API-Key`
    static Optional<String> presented(@Nullable String authorization, @Nullable String apiKey) {
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).trim());
        }
        return Optional.ofNullable(apiKey).map(String::trim);
    }

    /// Returns whether a text can be a key of this program. Other texts are for other servers.
    static boolean isOurs(String text) {
        return text.startsWith(ApiKeys.PREFIX);
    }

    /// Returns the key with a text.
    Optional<ApiKey> find(String text) {
        return engine.get().flatMap(running -> known.get(text, running.apiKeys()::find));
    }

    /// Looks each key up again.
    void forget() {
        known.clear();
    }
}
