package dev.memfuse.config.schema;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.config.secret.SecretKeys;
import dev.memfuse.config.secret.UrlSecrets;

/// Checks addresses of databases: they are JDBC URLs of PostgreSQL without secrets, because addresses are saved,
/// displayed and logged.
public final class DatabaseUrl {
    static final String SCHEME = "jdbc:postgresql:";
    private static final String EXAMPLE = "jdbc:postgresql://host:5432/database";
    /// Parameter of the driver with the name of a class.
    private static final String CALLBACK = "sslpasswordcallback";
    private static final Pattern PORT = Pattern
            .compile("[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");

    private DatabaseUrl() {}

    /// Returns the problem of a URL, a sentence with a remedy and without a secret; empty when the URL is valid.
    public static Optional<String> problem(String url) {
        if (!url.startsWith(SCHEME)) {
            return Optional.of("This is not the address of a PostgreSQL database: write it as " + EXAMPLE + ".");
        }
        if (url.codePoints().anyMatch(TypedText::isControl)) {
            return Optional.of("The address contains a control character, for instance a line feed: remove it.");
        }
        if (hasSecret(url)) {
            return Optional.of("The address must not contain a user or password, since it is saved and displayed: "
                    + "set the variables PGUSER and PGPASSWORD, or use a password file (PGPASSFILE or ~/.pgpass).");
        }
        Optional<String> hidden = secretParameter(url);
        if (hidden.isPresent()) {
            return hidden;
        }
        Optional<String> port = ports(url).filter(text -> !PORT.matcher(text).matches()).findFirst();
        if (port.isPresent()) {
            return Optional.of("The port '" + port.get() + "' is not a number from 1 to 65535.");
        }
        return location(url).contains(" ") || decoded(url).isEmpty()
                ? Optional.of(unreadable(url))
                : Optional.empty();
    }

    /// Returns that an address cannot be read, as a sentence with a remedy.
    public static String unreadable(String url) {
        return "The address " + display(url) + " cannot be read: write it as " + EXAMPLE + ".";
    }

    /// Returns the URL for messages and logs; parts that may be secret are hidden.
    public static String display(String url) {
        return UrlSecrets.redacted(url);
    }

    /// Returns hosts, ports and database of a valid URL, without its parameters: "db.example:5432/memfuse".
    public static String target(String url) {
        String location = UrlSecrets.redacted(location(url));
        return location.substring(location.startsWith(SCHEME + "//") ? SCHEME.length() + 2 : SCHEME.length());
    }

    /// Returns whether a URL names several hosts and leaves the choice among them to the program, so that reads can go
    /// to standbys.
    public static boolean canReadReplicas(String url) {
        String location = location(url);
        String rest = location.startsWith(SCHEME + "//") ? location.substring(SCHEME.length() + 2) : "";
        return rest.split("/", 2)[0].contains(",") && parameterNames(url).noneMatch("targetservertype"::equals);
    }

    /// Returns the ports in `//host:port,host:port/`; hosts may be IPv6 addresses in brackets.
    private static Stream<String> ports(String url) {
        String rest = location(url).substring(SCHEME.length());
        return !rest.startsWith("//")
                ? Stream.empty()
                : Arrays.stream(rest.substring(2).split("/", 2)[0].split(",", -1))
                        .map(host -> host.substring(host.indexOf(']') + 1))
                        .filter(host -> host.contains(":")).map(host -> host.substring(host.indexOf(':') + 1));
    }

    private static String location(String url) {
        return url.split("\\?", 2)[0];
    }

    /// Returns whether a URL holds a password, perhaps behind a user.
    static boolean hasPassword(String url) {
        return location(url).contains("@")
                || parameterNames(url).anyMatch(name -> SecretKeys.isSecret(name) && !name.equals(CALLBACK));
    }

    /// Returns the problem of a parameter whose value holds a secret, such as a setting in `options`.
    private static Optional<String> secretParameter(String url) {
        return parameters(url).filter(parameter -> parameter.contains("=")).map(parameter -> {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            return SecretKeys.in(decoded(value).orElse(value))
                    .map(what -> "The address must not contain a secret, since "
                            + "it is saved and displayed, but its parameter " + name(parameter) + " has "
                            + TypedText.excerpt(what)
                            + ": set it for the role on the server (ALTER ROLE), or in a service "
                            + "file (PGSERVICEFILE).");
        }).flatMap(Optional::stream).findFirst();
    }

    private static boolean hasSecret(String url) {
        return hasPassword(url) || parameterNames(url).anyMatch("user"::equals);
    }

    private static Stream<String> parameterNames(String url) {
        return parameters(url).map(DatabaseUrl::name);
    }

    private static Stream<String> parameters(String url) {
        String[] parts = url.split("\\?", 2);
        return parts.length < 2 ? Stream.empty() : Arrays.stream(parts[1].split("&", -1));
    }

    private static String name(String parameter) {
        String name = parameter.split("=", 2)[0];
        return decoded(name).orElse(name).toLowerCase(Locale.ROOT).strip();
    }

    /// Returns a text without its percent encoding; empty when that is invalid.
    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
