package dev.memfuse.config.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.convert.Conversion.Line;
import dev.memfuse.config.convert.Conversion.Outcome;
import dev.memfuse.config.memfuse.TreeValue;
import dev.memfuse.config.schema.DatabaseUrl;

/// Host, port, database, user and password of MemFuse's database: the first three become one address, the others belong
/// in the environment.
final class DatabaseAddress {
    static final String URL = "postgres.url";
    private static final String SECTION = "database.postgres.";

    private final Map<String, String> parts = new HashMap<>();
    private final List<TreeValue> keys = new ArrayList<>();

    /// Takes a value that belongs to the address.
    ///
    /// @return false when it does not
    boolean take(TreeValue value) {
        String name = value.path().startsWith(SECTION) ? value.path().substring(SECTION.length()) : "";
        if (!List.of("host", "port", "database", "user", "password").contains(name)) {
            return false;
        }
        keys.add(value);
        value.value().ifPresent(text -> parts.put(name, text));
        return true;
    }

    /// Returns the address; empty when MemFuse's configuration names no host, or the parts form no valid address.
    Optional<String> url() {
        String host = parts.getOrDefault("host", "");
        if (host.isBlank() || keys.stream().anyMatch(DatabaseAddress::isUnknown)) {
            return Optional.empty();
        }
        String address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        String url = String.format(Locale.ROOT, "jdbc:postgresql://%s:%s/%s", address,
                parts.getOrDefault("port", "5432"), parts.getOrDefault("database", "memfuse"));
        boolean plain = (host + parts.getOrDefault("database", "")).chars()
                .noneMatch(letter -> "/?#&%@ ".indexOf(letter) >= 0);
        return plain && DatabaseUrl.problem(url).isEmpty() ? Optional.of(url) : Optional.empty();
    }

    /// Returns whether a part of the address has no value here: its default would be a guess.
    private static boolean isUnknown(TreeValue key) {
        return key.value().isEmpty() && List.of("port", "database").contains(key.path().substring(SECTION.length()));
    }

    /// Returns one line for each key of the address.
    List<Line> lines() {
        return keys.stream().map(key -> new Line(key.path(), Outcome.NEEDS_A_DECISION, decision(key))).toList();
    }

    private String decision(TreeValue key) {
        return switch (key.path().substring(SECTION.length())) {
            case "user" -> "set the environment variable PGUSER"
                    + key.value().map(name -> " to " + name).orElse("");
            case "password" -> "set the environment variable PGPASSWORD, or add a line to the password file ~/.pgpass";
            default -> url()
                    .map(url -> "became " + URL + ": " + url + "; name an empty database there, since MemFuse's "
                            + "own tables are not readable, or remove the key to use the embedded server")
                    .orElse("set " + URL + ", for instance jdbc:postgresql://host:5432/database; without it the "
                            + "embedded server starts");
        };
    }
}
