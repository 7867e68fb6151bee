package dev.memfuse.config;

import java.util.Locale;

import dev.memfuse.config.section.Durability;

/// Values as the user reads them: one that puts data at risk says so itself, wherever it stands.
public final class ValueLabels {
    private static final String DURABILITY = "buffer.durability";
    private static final String MEMORY = Durability.MEMORY.name().toLowerCase(Locale.ROOT);

    private ValueLabels() {}

    /// The value of a key, followed by what is dangerous about it, if anything is.
    ///
    /// @param path the key, for instance `buffer.durability`
    /// @param printed the value as YAML prints it
    public static String of(String path, String printed) {
        String risk = risk(path, printed);
        return risk.isEmpty() ? printed : printed + " (" + risk + ")";
    }

    /// What is dangerous about a value, in a few words; empty when nothing is.
    public static String risk(String path, String printed) {
        return path.equals(DURABILITY) && printed.equals(MEMORY) ? Durability.UNSAFE : "";
    }
}
