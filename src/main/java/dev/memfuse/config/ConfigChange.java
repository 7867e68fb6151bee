package dev.memfuse.config;

/// One key whose value differs between two configurations.
///
/// @param path the key, for instance `buffer.bypass_mode`
/// @param before the old value as YAML prints it
/// @param after the new value as YAML prints it
/// @param beforeLabel the old value as the user reads it, with its risk: "memory (unsafe: lost when the program dies)"
/// @param afterLabel the new value as the user reads it, with its risk
public record ConfigChange(String path, String before, String after, String beforeLabel, String afterLabel) {

    /// A change between two values without risk.
    public ConfigChange(String path, String before, String after) {
        this(path, before, after, before, after);
    }

    /// Returns the change as the user reads it: "postgres.pool_size: 10 → 20".
    @Override
    public String toString() {
        return path + ": " + beforeLabel + " → " + afterLabel;
    }
}
