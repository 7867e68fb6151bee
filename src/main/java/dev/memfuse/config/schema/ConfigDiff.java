package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;

/// Compares two configurations key by key.
public final class ConfigDiff {
    private ConfigDiff() {}

    /// The keys whose values differ, in the order of the file; empty when the two are equal.
    public static List<ConfigChange> between(MemFuseConfig before, MemFuseConfig after) {
        var changes = new ArrayList<ConfigChange>();
        for (ConfigKey key : ConfigSchema.keys()) {
            Object old = ConfigValues.get(before, key.path());
            Object now = ConfigValues.get(after, key.path());
            if (!old.equals(now)) {
                changes.add(new ConfigChange(key.path(), ConfigValues.print(old), ConfigValues.print(now)));
            }
        }
        return List.copyOf(changes);
    }
}
