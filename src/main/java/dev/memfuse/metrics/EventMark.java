package dev.memfuse.metrics;

import java.time.Instant;

/// Something that happened and belongs on every time axis.
///
/// @param at when
/// @param kind what sort of event
/// @param text one line for the user
public record EventMark(Instant at, Kind kind, String text) {
    /// The sorts of events.
    public enum Kind {
        /// A setting changed.
        CHANGE,
        /// A load started or ended.
        LOAD,
        /// An alert was raised or ended.
        ALERT,
        /// The engine or the database started, stopped or failed.
        ENGINE
    }
}
