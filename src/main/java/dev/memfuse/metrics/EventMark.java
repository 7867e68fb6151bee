package dev.memfuse.metrics;

import java.time.Instant;

/// An event that every time axis shows.
///
/// @param at time of the event
/// @param text one line for the user
public record EventMark(Instant at, Kind kind, String text) {
    /// The kinds of events.
    public enum Kind {
        /// A setting changed.
        CHANGE,
        /// A load started or ended.
        LOAD,
        /// The warm-up of a load began, which is not counted.
        WARMUP,
        /// The warm-up of a load ended.
        WARMUP_END,
        /// An alert was raised.
        ALERT,
        /// An alert ended.
        ALERT_END,
        /// The engine or the database started, stopped or failed.
        ENGINE,
        /// A fault of the network began.
        FAULT,
        /// A fault of the network ended.
        FAULT_END
    }
}
