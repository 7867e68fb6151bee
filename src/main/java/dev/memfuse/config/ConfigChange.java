package dev.memfuse.config;

/// One key whose value differs between two configurations.
///
/// @param path the key, for instance `buffer.bypass_mode`
/// @param before the old value as YAML would print it
/// @param after the new value as YAML would print it
public record ConfigChange(String path, String before, String after) {
    @Override
    public String toString() {
        return path + ": " + before + " → " + after;
    }
}
