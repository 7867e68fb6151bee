package dev.memfuse.metrics.alert;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// An alert, active or ended.
///
/// @param rule what raised it
/// @param since time of the snapshot that raised it
/// @param until time of the snapshot that ended it; null while it is active
/// @param text one line with the value and the limit
/// @param acknowledged whether a person has seen it
public record Alert(AlertSource rule, Instant since, @Nullable Instant until, String text, boolean acknowledged) {

    /// Creates an alert that nobody has seen.
    public Alert(AlertSource rule, Instant since, @Nullable Instant until, String text) {
        this(rule, since, until, text, false);
    }

    /// Returns whether the condition still holds.
    public boolean active() {
        return until == null;
    }

    /// Returns whether it is active and nobody has seen it.
    public boolean isNew() {
        return active() && !acknowledged;
    }

    Alert acknowledge() {
        return new Alert(rule, since, until, text, true);
    }

    boolean isSame(Alert other) {
        return rule.id().equals(other.rule.id()) && since.equals(other.since);
    }
}
