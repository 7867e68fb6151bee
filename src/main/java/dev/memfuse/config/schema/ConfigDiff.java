package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;

/// Compares two configurations key by key. For any thread.
public final class ConfigDiff {
    private ConfigDiff() {}

    /// Returns the keys whose values differ, in the order of the file; empty when the two are equal.
    public static List<ConfigChange> between(MemFuseConfig before, MemFuseConfig after) {
        var changes = new ArrayList<ConfigChange>();
        for (ConfigKey key : ConfigSchema.keys(before, after)) {
            Object oldValue = ConfigValues.get(before, key.path());
            Object newValue = ConfigValues.get(after, key.path());
            if (!oldValue.equals(newValue)) {
                changes.add(change(key, ConfigValues.print(oldValue), ConfigValues.print(newValue)));
            }
        }
        return List.copyOf(changes);
    }

    private static ConfigChange change(ConfigKey key, String before, String after) {
        return new ConfigChange(key.path(), before, after, key.label(before), key.label(after));
    }
}
