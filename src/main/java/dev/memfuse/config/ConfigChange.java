package dev.memfuse.config;

/// One key whose value differs between two configurations.
///
/// @param path the key, for instance `buffer.bypass_mode`
/// @param before the old value as YAML would print it
/// @param after the new value as YAML would print it
public record ConfigChange(String path, String before, String after) {
    @Override
    public String toString() {
        return path + ": " + beforeInWords() + " → " + afterInWords();
    }

    /// The old value as the user reads it.
    public String beforeInWords() {
        return ValueLabels.of(path, before);
    }

    /// The new value as the user reads it.
    public String afterInWords() {
        return ValueLabels.of(path, after);
    }
}
