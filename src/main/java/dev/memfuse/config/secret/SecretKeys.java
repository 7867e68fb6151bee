package dev.memfuse.config.secret;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /// A setting within a text: `-c app.secret=x`, `--app.secret=x`, `token: x`. A quote may stand before the value.
    private static final Pattern SETTING = Pattern.compile("([\\w.-]{1,200})[\"']?\\s{0,8}[=:]\\s{0,8}[\"']?[^\\s=:]");
    /// Settings of PostgreSQL that speak of passwords and hold none.
    private static final Set<String> HARMLESS = Set.of("password_encryption", "md5_password_warnings");
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]{1,400}:[^/\\s@]{1,400}@");

    private SecretKeys() {}

    /// Returns where a text holds a secret: the name of a setting, or what it is; empty when nothing looks like one.
    public static Optional<String> in(String text) {
        Optional<String> named = SETTING.matcher(text).results().map(match -> match.group(1).replaceFirst("^-+", ""))
                .filter(name -> isSecret(name) && !HARMLESS.contains(name.toLowerCase(Locale.ROOT))).findFirst();
        return named.isPresent()
                ? named
                : PRIVATE_KEY.matcher(text).find()
                        ? Optional.of("a private key")
                        : USER_INFO.matcher(text).find() ? Optional.of("a user with a password") : Optional.empty();
    }

    /// Returns whether a key or parameter of this name holds a secret.
    public static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /// Returns the problem of a secret of this name in a configuration, with its remedy, as a sentence.
    public static String problem(String name) {
        return SERVICE.matcher(name).matches() ? API_KEY_PROBLEM : PASSWORD_PROBLEM;
    }
}
