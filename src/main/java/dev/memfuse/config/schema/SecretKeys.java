package dev.memfuse.config.schema;

import java.util.Locale;
import java.util.stream.Stream;

/// Knows the names under which people write passwords and keys, so that none is ever read from a configuration.
public final class SecretKeys {
    static final String SENTENCE = "a password does not belong in a configuration; set it in the environment or in a "
            + "password file";
    static final String KEY_SENTENCE = "the key of a service does not belong in a configuration; set "
            + "MEMFUSE_LLM_API_KEY or OPENAI_API_KEY in the environment";

    private SecretKeys() {}

    public static boolean isSecret(String name) {
        return holds(name, "password", "passwd", "pwd", "secret") || isApiKey(name);
    }

    /// What to do with a secret of this name, as a sentence.
    public static String sentence(String name) {
        return isApiKey(name) ? KEY_SENTENCE : SENTENCE;
    }

    private static boolean isApiKey(String name) {
        return holds(name, "api_key", "apikey", "api-key");
    }

    private static boolean holds(String name, String... words) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(words).anyMatch(lower::contains);
    }
}
