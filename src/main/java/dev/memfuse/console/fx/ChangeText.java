package dev.memfuse.console.fx;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigSchema;

/// Sentences about changes of settings.
public final class ChangeText {
    private ChangeText() {}

    /// Returns what a button that undoes a change says: "Undo pool size 10 → 17".
    public static String toUndo(Tunables.Change change) {
        List<ConfigChange> keys = change.keys();
        ConfigChange first = keys.getFirst();
        return keys.size() == 1
                ? "Undo " + ConfigSchema.require(first.path()).title() + ": " + first.beforeLabel() + " → "
                        + first.afterLabel()
                : "Undo " + change.cause() + ": " + keys.size() + " settings";
    }

    /// Returns the report of an undo: "Undone: postgres.pool_size: 17 → 10".
    ///
    /// @param undone the applied change; empty when there was nothing to undo
    public static String undone(Optional<Tunables.Change> undone) {
        return undone.map(change -> "Undone: " + change.keys().stream().map(Object::toString)
                .collect(Collectors.joining(", "))).orElse("There is no change to undo.");
    }
}
