package dev.memfuse.load.report;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.load.LoadResult;

/// The configuration of a result as keys and values.
public final class ConfigRows {
    private ConfigRows() {}

    /// Returns the configuration at the end of a run, by key, in the order of the file.
    public static Map<String, String> of(LoadResult result) {
        Map<String, String> rows = new LinkedHashMap<>();
        flatten("", result.config(), rows);
        return rows;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> into) {
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> section) {
                flatten(prefix + name + ".", section, into);
            } else {
                into.put(prefix + name, ConfigValues.label(prefix + name, String.valueOf(value)));
            }
        });
    }
}
