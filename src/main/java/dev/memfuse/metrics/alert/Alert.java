package dev.memfuse.metrics.alert;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// An alert, active or ended.
///
/// @param since time of the snapshot that raised it
/// @param until time of the snapshot that ended it; null while it is active
/// @param text one line with the value and the limit
public record Alert(AlertRule rule, Instant since, @Nullable Instant until, String text) {

    /// Returns whether the condition still holds.
    public boolean active() {
        return until == null;
    }
}
