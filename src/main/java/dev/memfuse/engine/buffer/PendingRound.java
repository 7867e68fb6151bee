package dev.memfuse.engine.buffer;

import dev.memfuse.engine.SessionKey;

/// A round that is not stored yet: with its texts in memory, or with its place in the journal only.
public sealed interface PendingRound permits BufferedRound, JournaledRound {
    /// Returns its session.
    SessionKey session();

    /// Returns its log sequence number in the journal; 0 when it is not journaled.
    long lsn();

    /// Returns the number of its messages.
    int messageCount();

    /// Returns the estimated size of its texts in memory, in bytes, whether they are loaded or not.
    long textBytes();
}
