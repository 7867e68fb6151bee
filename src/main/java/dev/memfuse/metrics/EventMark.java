package dev.memfuse.metrics;

import java.time.Instant;

/// An event that every time axis shows.
///
/// @param at time of the event
/// @param text one line for the user
/// @param group name that the marks of one alert rule, one fault or one control share; empty for a mark of its own
public record EventMark(Instant at, Kind kind, String text, String group) {
    /// Creates a mark without a group.
    public EventMark(Instant at, Kind kind, String text) {
        this(at, kind, text, "");
    }

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
        FAULT_END,
        /// The user noted something.
        NOTE;

        /// Returns whether a mark of this kind ends what another one of its group began.
        public boolean isEnd() {
            return this == ALERT_END || this == FAULT_END;
        }
    }
}
