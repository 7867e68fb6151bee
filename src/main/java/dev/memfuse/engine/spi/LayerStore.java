package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.exception.EngineException;

/// Durable storage of the layers M1 and M2. Thread-safe; every method blocks. Failures are [EngineException]s.
public interface LayerStore {

    /// Returns the stored vectors of a round: those of its chunks, and those of its messages.
    RoundVectors vectors(UUID userId, UUID roundId);

    /// Stores the result of M1 for a round and finishes its work item, in one transaction.
    ///
    /// @param episode empty when the round was deleted
    /// @param origin who built it
    Stored storeEpisode(WorkItem item, List<Chunk> chunks, Optional<Episode> episode, LayerOrigin origin);

    /// Stores the result of M2 for a round and finishes its work item, in one transaction.
    ///
    /// @param origin who built it
    Stored storeFacts(WorkItem item, FactChanges changes, LayerOrigin origin);

    /// Returns episodes of a user, newest first.
    List<Episode> episodes(UUID userId, EpisodeQuery query);

    /// Outcome of storing the result of a layer.
    enum Stored {
        /// Stored.
        DONE,
        /// Not stored, since its input changed after it was read. The caller repeats the work.
        OUTDATED,
        /// Not stored, since the lease was lost.
        LEASE_LOST
    }
}
