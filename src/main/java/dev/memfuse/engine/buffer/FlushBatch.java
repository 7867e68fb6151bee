package dev.memfuse.engine.buffer;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Rounds of one user on their way into storage. While it lasts its messages are in flight and stay readable.
///
/// @param done completes when they are stored, or exceptionally when they went back into the buffer
public record FlushBatch(UUID userId, Priority priority, List<BufferedRound> rounds, CompletableFuture<Void> done) {
    /// Messages in all rounds.
    public int messageCount() {
        return rounds.stream().mapToInt(round -> round.messages().size()).sum();
    }

    /// How soon a batch is served, compared with those of other users. Batches of one user keep their order.
    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }
}
