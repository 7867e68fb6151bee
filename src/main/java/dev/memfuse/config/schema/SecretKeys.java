package dev.memfuse.config.schema;

import java.util.Locale;
import java.util.stream.Stream;

/// Recognizes the names of passwords and API keys. A configuration must not hold either.
public final class SecretKeys {
    static final String PASSWORD_PROBLEM = "a password does not belong in a configuration; set it in the environment "
            + "or in a password file";
    static final String API_KEY_PROBLEM = "the key of a service does not belong in a configuration; set "
            + "MEMFUSE_LLM_API_KEY or OPENAI_API_KEY in the environment";

    private SecretKeys() {}

    /// Returns whether a key or parameter of this name holds a secret.
    public static boolean isSecret(String name) {
        return containsAny(name, "password", "passwd", "pwd", "secret") || isApiKey(name);
    }

    /// Returns the problem of a secret of this name in a configuration, with its remedy, as a sentence.
    public static String problem(String name) {
        return isApiKey(name) ? API_KEY_PROBLEM : PASSWORD_PROBLEM;
    }

    private static boolean isApiKey(String name) {
        return containsAny(name, "api_key", "apikey", "api-key");
    }

    private static boolean containsAny(String name, String... words) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(words).anyMatch(lower::contains);
    }
}
