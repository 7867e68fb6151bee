package dev.memfuse.engine.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.exception.EngineException;

/// The port to the layers M1 and M2 in durable storage, and to the work list of their extraction. Thread-safe; every
/// method blocks. Failures are [EngineException]s.
///
/// The work list survives a crash: an item is leased to one process at a time, and a lease that is neither finished nor
/// renewed ends by itself. Several processes may work on one store.
public interface LayerStore {

    /// Leases the oldest item of a user that nobody works on and whose time has come. Items that others take at this
    /// moment are skipped, not waited for.
    Optional<WorkItem> claim(UUID userId, UUID owner, Duration lease);

    /// Makes the lease last from now on.
    ///
    /// @return false when it was lost
    boolean renew(WorkItem item, Duration lease);

    /// Puts an item that failed back into the list.
    ///
    /// @param note why, as a sentence
    /// @param wait not to be tried again before
    void putBack(WorkItem item, String note, Duration wait);

    /// Gives an item up: a dead letter, until [#retryFailed].
    ///
    /// @param status failed or timed out
    /// @param note why, as a sentence
    void giveUp(WorkItem item, AddResult.LayerStatus status, String note);

    /// Users with unfinished items, and when the first of each can be taken; the leases of `owner` are not looked at.
    /// A read that spans users: at start, and to find what other processes left.
    List<Waiting> waiting(UUID owner);

    /// The work list over all users.
    ExtractionStatus extractionStatus();

    /// Puts all dead letters back into the list.
    ///
    /// @return how many
    int retryFailed();

    /// What became of the layers of a round; empty when there is no such round.
    List<LayerResult> layerResults(UUID userId, UUID roundId);

    /// The messages of a round that chunks hold already.
    Set<UUID> chunkedMessages(UUID userId, UUID roundId);

    /// Stores what M1 made of a round and ends its work item, in one transaction.
    ///
    /// @param episode empty when the round is gone
    /// @param note what it had to do without; may be empty
    Stored storeEpisode(WorkItem item, List<Chunk> chunks, Optional<Episode> episode, String note);

    /// The facts of a user that hold, with the revision that [FactChanges] names.
    KnownFacts knownFacts(UUID userId);

    /// The revision of the facts of a user; 0 for one that does not exist.
    long factsRevision(UUID userId);

    /// Stores what M2 made of a round and ends its work item, in one transaction.
    ///
    /// @param note what it had to do without; may be empty
    Stored storeFacts(WorkItem item, FactChanges changes, String note);

    /// The facts of a user, the latest said first.
    List<Fact> facts(UUID userId, FactQuery query);

    /// The episodes of a user, newest first.
    List<Episode> episodes(UUID userId, EpisodeQuery query);

    /// A user with unfinished items.
    ///
    /// @param items how many
    /// @param due when the first of them can be taken
    record Waiting(UUID userId, int items, Instant due) {}

    /// What is known of a user.
    ///
    /// @param revision rises with each change
    record KnownFacts(long revision, List<Fact> facts) {}

    /// What came of storing a layer.
    enum Stored {
        /// Stored.
        DONE,
        /// What it was made from changed since it was read: nothing is stored, make it again.
        OUTDATED,
        /// The lease was lost: nothing is stored.
        LEASE_LOST
    }
}
