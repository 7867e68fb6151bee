package dev.memfuse.config;

import java.util.Locale;
import java.util.stream.Stream;

/// Knows the names under which people write passwords, so that none is ever read from a configuration.
final class SecretKeys {
    static final String SENTENCE = "a password does not belong in a configuration; set it in the environment or in a "
            + "password file";

    private SecretKeys() {}

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of("password", "passwd", "pwd", "secret").anyMatch(lower::contains);
    }
}
