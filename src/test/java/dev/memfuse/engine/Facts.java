package dev.memfuse.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.MemoryStore;

/// Facts for tests.
public final class Facts {
    private Facts() {}

    /// Returns a current fact of a round.
    @SuppressWarnings("ArrayRecordComponent") // passed through unchanged
    public static Fact of(SessionKey session, UUID roundId, List<UUID> messageIds, String content, String model,
            float... vector) {
        return new Fact(UUID.randomUUID(), session, roundId, messageIds, content, "general", 1, List.of(content),
                Optional.empty(), FactTime.of(Instant.EPOCH, Optional.empty()), List.of(), vector, model);
    }

    /// Returns changes that only add these facts.
    public static FactChanges added(MemoryStore store, UUID userId, List<Fact> facts) {
        return new FactChanges(store.facts().revision(userId), facts, List.of(), List.of(), List.of());
    }
}
