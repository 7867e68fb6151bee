package dev.memfuse.server;

import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.server.rest.RecentCache;
import jakarta.servlet.http.HttpServletRequest;

/// Finds the key of a request. A key counts for ten seconds without another look into the database, and for as long as
/// the database is away. Thread-safe.
final class KeyCheck {
    private static final Duration MAX_AGE = Duration.ofSeconds(10);
    private static final Pattern SCHEME = Pattern.compile("(?i)bearer\\s+(.*)", Pattern.DOTALL);

    private final Supplier<Optional<MemoryEngine>> engine;
    private final RecentCache<String, ApiKey> known = new RecentCache<>(MAX_AGE);

    KeyCheck(Supplier<Optional<MemoryEngine>> engine) {
        this.engine = engine;
    }

    /// Returns the different texts that a request presents as keys, in the headers `Authorization` and `X-API-Key`. A
    /// key of this program counts in whatever form it is written: a form that is not understood must not open more than
    /// the key does.
    static Set<String> presented(HttpServletRequest request) {
        Set<String> texts = new LinkedHashSet<>();
        for (String value : values(request, "Authorization")) {
            Matcher bearer = SCHEME.matcher(value.strip());
            String text = bare(bearer.matches() ? bearer.group(1) : value.substring(value.lastIndexOf(' ') + 1));
            if (bearer.matches() || isOurs(text)) {
                texts.add(text);
            }
        }
        values(request, "X-API-Key").forEach(value -> texts.add(bare(value)));
        texts.remove("");
        return texts;
    }

    private static List<String> values(HttpServletRequest request, String header) {
        Enumeration<String> values = request.getHeaders(header);
        return values == null ? List.of() : Collections.list(values);
    }

    private static String bare(String text) {
        String stripped = text.strip();
        return stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }

    /// Returns whether a text can be a key of this program. Other texts are for other servers.
    static boolean isOurs(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(ApiKeys.PREFIX);
    }

    /// Returns whether a text was a key lately. Does not look into the database.
    boolean wasKnown(String text) {
        return !known.known(Set.of(text), true).isEmpty();
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
