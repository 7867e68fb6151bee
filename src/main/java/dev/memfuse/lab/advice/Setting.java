package dev.memfuse.lab.advice;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;

/// A setting that an advice proposes.
///
/// @param key key of the configuration, which can change while the engine runs
/// @param value its value as YAML prints it
public record Setting(String key, String value) {
    /// Creates the setting of a value of the type that the key has.
    static Setting of(String key, Object value) {
        return new Setting(key, ConfigValues.print(value));
    }

    /// Returns the setting in the form of the command line: `postgres.pool_size=8`.
    public String text() {
        return key + "=" + value;
    }

    /// Returns a configuration with the setting.
    MemFuseConfig in(MemFuseConfig config) {
        return ConfigValues.with(config, key, ConfigValues.parse(key, value));
    }
}
