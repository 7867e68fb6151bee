package dev.memfuse.engine.buffer;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Rounds of one user that a flush stores together. Until it is done its messages are in flight and stay readable.
///
/// @param done completes when the rounds are stored, or exceptionally when they returned to the buffer
public record FlushBatch(UUID userId, Priority priority, List<PendingRound> rounds, CompletableFuture<Void> done) {
    /// Returns the number of messages in all rounds.
    public int messageCount() {
        return rounds.stream().mapToInt(PendingRound::messageCount).sum();
    }

    /// Returns the estimated size of the texts of all rounds in memory, in bytes.
    long textBytes() {
        return rounds.stream().mapToLong(PendingRound::textBytes).sum();
    }

    /// Priority among the batches of different users. Batches of one user keep their order.
    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }
}
