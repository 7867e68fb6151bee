package dev.memfuse.config.secret;

import java.util.regex.Pattern;

/// Recognizes the names of passwords, keys of services and tokens. A configuration must not hold any of them.
public final class SecretKeys {
    /// Regular expression of a name that holds a secret, of bounded length, to be used without regard to case.
    public static final String NAME = "[\\w.-]{0,64}(?:passw(?:or)?d|passphrase|pwd|secret|credentials?"
            + "|(?:api|access|private)[_-]?key|(?:access|auth|refresh|bearer|api)[_-]?token)[\\w.-]{0,64}"
            + "|(?:[\\w.-]{0,63}[._-])?(?:token|pass|key|auth|bearer)";

    /// Says that a configuration holds no password, with the remedy.
    public static final String PASSWORD_PROBLEM = "a password does not belong in a configuration; set it in the "
            + "environment or in a password file";
    /// Says that a configuration holds no key of a service, with the remedy.
    public static final String API_KEY_PROBLEM = "the key of a service does not belong in a configuration; set "
            + "MEMFUSE_LLM_API_KEY or OPENAI_API_KEY in the environment";

    private static final Pattern SECRET = Pattern.compile("(?i)(?:" + NAME + ")");
    private static final Pattern SERVICE = Pattern.compile("(?i).*(?:api[_-]?key|token|bearer).*");

    private SecretKeys() {}

    /// Returns whether a key or parameter of this name holds a secret.
    public static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /// Returns the problem of a secret of this name in a configuration, with its remedy, as a sentence.
    public static String problem(String name) {
        return SERVICE.matcher(name).matches() ? API_KEY_PROBLEM : PASSWORD_PROBLEM;
    }
}
