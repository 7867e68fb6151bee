package dev.memfuse.config.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.memfuse.file.PrivateFiles;

/// The result of a conversion.
///
/// @param yaml the configuration of this program, with the keys that were taken over
/// @param lines outcome of each key, in the order of MemFuse's files
public record Conversion(String yaml, List<Line> lines) {

    /// Writes the configuration into a file, completely or not at all.
    public void write(Path file) throws IOException {
        PrivateFiles.replaceReadable(file, out -> out.write(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    /// Outcome of a key.
    public enum Outcome {
        /// Its value is in the new configuration.
        TAKEN_OVER,
        /// This program has nothing that the key could set.
        NO_COUNTERPART,
        /// The user must do or choose something.
        NEEDS_A_DECISION;

        /// Returns the outcome as the user reads it: "taken over".
        public String label() {
            return switch (this) {
                case TAKEN_OVER -> "taken over";
                case NO_COUNTERPART -> "no counterpart";
                case NEEDS_A_DECISION -> "needs a decision";
            };
        }
    }

    /// Outcome of one key, for the user.
    ///
    /// @param key key in MemFuse's composed configuration
    /// @param detail the new key and value, the reason, or the decision; without secrets
    public record Line(String key, Outcome outcome, String detail) {}
}
