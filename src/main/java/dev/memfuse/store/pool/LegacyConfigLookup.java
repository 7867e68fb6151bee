package dev.memfuse.store.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.memfuse.config.section.PostgresConfig;
import org.jspecify.annotations.Nullable;

/// Resolves the configuration key by key, as the legacy engine does: environment, then `store.database.postgres`,
/// `database.postgres`, `postgres`, then a default.
final class LegacyConfigLookup {
    private static final List<String> LEVELS = List.of("store.database.postgres", "database.postgres", "postgres");

    private LegacyConfigLookup() {}

    /// Returns the settings with every number resolved.
    static PostgresConfig resolve(PostgresConfig settings, Map<String, String> environment) {
        Map<String, Object> tree = tree(settings);
        int poolSize = (int) number(tree, environment, "pool_size", 5);
        int overflow = (int) number(tree, environment, "max_overflow", 15);
        return new PostgresConfig(settings.url(), settings.manager(), poolSize, overflow,
                seconds(number(tree, environment, "pool_timeout", 300)),
                seconds(number(tree, environment, "pool_recycle", 7200)),
                seconds(number(tree, environment, "connection_timeout", 60)),
                seconds(number(tree, environment, "keepalives_idle", 600)), settings.readFrom(),
                settings.readOnly(), settings.server());
    }

    private static Map<String, Object> tree(PostgresConfig settings) {
        Map<String, Object> postgres = new TreeMap<>();
        postgres.put("pool_size", settings.poolSize());
        postgres.put("max_overflow", settings.maxOverflow());
        postgres.put("pool_timeout", settings.poolTimeout().toMillis() / 1000.0);
        postgres.put("pool_recycle", settings.poolRecycle().toMillis() / 1000.0);
        postgres.put("connection_timeout", settings.connectionTimeout().toMillis() / 1000.0);
        postgres.put("keepalives_idle", settings.keepalivesIdle().toMillis() / 1000.0);
        return Map.of("postgres", postgres);
    }

    private static double number(Map<String, Object> tree, Map<String, String> environment, String key,
            double fallback) {
        String fromEnvironment = environment.get("POSTGRES_" + key.toUpperCase(Locale.ROOT));
        if (fromEnvironment != null) {
            return Double.parseDouble(fromEnvironment);
        }
        for (String level : LEVELS) {
            if (lookUp(tree, level + "." + key) instanceof Number number) {
                return number.doubleValue();
            }
        }
        return fallback;
    }

    private static @Nullable Object lookUp(Map<String, Object> tree, String path) {
        Object node = tree;
        for (String part : path.split("\\.")) {
            node = node instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return node;
    }

    private static Duration seconds(double value) {
        return Duration.ofMillis(Math.round(value * 1000));
    }
}
