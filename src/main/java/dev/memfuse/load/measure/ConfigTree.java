package dev.memfuse.load.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;

/// Converts a configuration to a tree of YAML keys, for results.
public final class ConfigTree {
    private ConfigTree() {}

    /// Returns the tree: durations in seconds, enum constants in lower case, nested sections as maps.
    public static Map<String, Object> of(MemFuseConfig config) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (ConfigKey key : ConfigSchema.keys(config)) {
            String[] names = key.path().split("\\.");
            Map<String, Object> section = tree;
            for (int i = 0; i < names.length - 1; i++) {
                section = section(section, names[i]);
            }
            section.put(names[names.length - 1], plain(ConfigValues.get(config, key.path())));
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // only this class creates sections
    private static Map<String, Object> section(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration time -> time.toMillis() / 1000.0;
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
            default -> value;
        };
    }
}
