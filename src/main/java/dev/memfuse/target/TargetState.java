package dev.memfuse.target;

import java.time.Instant;

/// State of the connection to a target. Exhaustive: switch over it without default.
public sealed interface TargetState {

    /// The first connection is being made.
    record Connecting() implements TargetState {}

    /// The target is polled.
    ///
    /// @param since time of the connection in use
    record Connected(TargetJvm jvm, Instant since) implements TargetState {}

    /// The target was connected and is away; the session connects again by itself.
    ///
    /// @param since time at which it went away
    /// @param reason sentence with the newest reason
    record Lost(TargetJvm jvm, Instant since, String reason) implements TargetState {}

    /// The target cannot be connected, and the session has ended.
    ///
    /// @param reason a sentence with the remedy
    record Refused(String reason) implements TargetState {}

    /// The session was closed.
    record Closed() implements TargetState {}
}
