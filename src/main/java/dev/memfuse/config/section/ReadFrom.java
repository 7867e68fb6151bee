package dev.memfuse.config.section;

/// Server that answers reads of a user.
public enum ReadFrom {
    /// The primary server.
    PRIMARY,
    /// A standby, when it has what this program wrote for the user; otherwise the primary server.
    REPLICA
}
