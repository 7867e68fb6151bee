package dev.memfuse.postgres.probe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Checks addresses of databases: they are JDBC URLs of PostgreSQL without secrets, because addresses are saved,
/// displayed and logged.
public final class DatabaseUrl {
    private static final Set<String> SECRET = Set.of("user", "password", "sslpassword");
    private static final String EXAMPLE = "jdbc:postgresql://host:5432/database";

    private static final Pattern PORT = Pattern
            .compile("[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]");

    private DatabaseUrl() {}

    /// Returns the problem of a URL, a sentence with a remedy and without the password; empty when the URL is valid.
    public static Optional<String> problem(String url) {
        if (!url.startsWith("jdbc:postgresql:")) {
            return Optional.of("This is not the address of a PostgreSQL database: write it as " + EXAMPLE + ".");
        }
        if (url.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("The address contains a control character, for instance a line feed: remove it.");
        }
        if (hasSecret(url)) {
            return Optional.of("The address must not contain a user or password, since it is saved and displayed: "
                    + "set the variables PGUSER and PGPASSWORD, or use a password file (PGPASSFILE or ~/.pgpass).");
        }
        Optional<String> port = ports(url).filter(text -> !PORT.matcher(text).matches()).findFirst();
        if (port.isPresent()) {
            return Optional.of("The port '" + port.get() + "' is not a number from 1 to 65535.");
        }
        try {
            DriverManager.getDriver(url);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("The address " + url + " cannot be read: write it as " + EXAMPLE + ".");
        }
    }

    /// Returns the URL for messages and logs, hidden when it contains a secret.
    public static String display(String url) {
        return hasSecret(url) ? "jdbc:postgresql://(hidden)" : url;
    }

    /// Returns the ports in `//host:port,host:port/`; hosts may be IPv6 addresses in brackets.
    private static Stream<String> ports(String url) {
        String[] parts = url.split("[/?]", -1);
        return !url.contains("//") || parts.length < 3
                ? Stream.empty()
                : Arrays.stream(parts[2].split(",", -1)).map(host -> host.substring(host.indexOf(']') + 1))
                        .filter(host -> host.contains(":")).map(host -> host.substring(host.indexOf(':') + 1));
    }

    private static boolean hasSecret(String url) {
        int question = url.indexOf('?');
        String location = question < 0 ? url : url.substring(0, question);
        String parameters = question < 0 ? "" : url.substring(question + 1);
        return location.contains("@")
                || Arrays.stream(parameters.split("&", -1)).map(DatabaseUrl::name).anyMatch(SECRET::contains);
    }

    private static String name(String parameter) {
        String name = parameter.split("=", 2)[0];
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).strip();
        } catch (IllegalArgumentException e) {
            // Invalid percent encoding: compared without decoding.
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
