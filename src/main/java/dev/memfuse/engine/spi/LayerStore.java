package dev.memfuse.engine.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.exception.EngineException;

/// Durable storage of the layers M1 and M2, and the work list of their extraction. Thread-safe; every method blocks.
/// Failures are [EngineException]s.
///
/// The work list survives a crash: an item is leased to one process at a time, and a lease expires unless the item is
/// finished or the lease renewed. Several processes may work on one store.
public interface LayerStore {

    /// Leases the oldest item of a user that is due and not leased. Skips items that another transaction has locked.
    ///
    /// @param owner id of this claim alone
    Optional<WorkItem> claim(UUID userId, UUID owner, Duration lease);

    /// Reverses a claim whose reply was lost, if it took an item.
    void unclaim(UUID userId, UUID owner);

    /// Renews a lease from now on.
    ///
    /// @param lease new duration
    /// @return false when the lease was lost
    boolean renew(WorkItem item, Duration lease);

    /// Returns an item to the list after a failed attempt.
    ///
    /// @param note reason of the failure, a sentence
    /// @param wait time until the next attempt
    void putBack(WorkItem item, String note, Duration wait);

    /// Returns an item to the list that could not be worked on; the attempt does not count.
    ///
    /// @param note reason, a sentence
    /// @param wait time until the next attempt, at most 15 minutes
    void postpone(WorkItem item, String note, Duration wait);

    /// Marks an item as failed for good; it is a dead letter until [#retryFailed].
    ///
    /// @param status failed or timed out
    /// @param note reason of the failure, a sentence
    void giveUp(WorkItem item, AddResult.LayerStatus status, String note);

    /// Returns users with unfinished items and the time when their first item is due, without items leased by `owners`.
    /// Reads across users: called at start, and to find items that other processes left.
    List<Waiting> waiting(Collection<UUID> owners);

    /// Returns the status of the work list over all users.
    ExtractionStatus extractionStatus();

    /// Requeues all dead letters.
    ///
    /// @return number of requeued items
    int retryFailed();

    /// Treats the rounds whose extraction failed as stored while the layer was off, so that it can be built for them.
    /// Writes across users.
    ///
    /// @return number of these rounds
    int resetFailed(DerivedLayer layer);

    /// Returns the rounds that were stored while a layer was off or whose extraction failed, by user, without users
    /// that have none. Reads across users.
    Map<UUID, Unbuilt> unbuilt(DerivedLayer layer);

    /// Queues the oldest rounds of a user that were stored while a layer was off.
    ///
    /// @param limit maximum number of rounds
    /// @return number of queued rounds
    int queueUnbuilt(UUID userId, DerivedLayer layer, int limit);

    /// Returns the rounds whose layer is done and was built by rules. Reads across users.
    MadeByRules madeByRules(DerivedLayer layer);

    /// Queues the oldest rounds of a user whose layer rules built, and removes the facts of these rounds.
    ///
    /// @param before rounds that were built later are left out
    /// @param limit maximum number of rounds
    /// @return number of queued rounds
    int queueMadeByRules(UUID userId, DerivedLayer layer, Instant before, int limit);

    /// Returns the extraction status of a round, per layer; empty when there is no such round.
    List<LayerResult> layerResults(UUID userId, UUID roundId);

    /// Returns the messages of a round that are in chunks already.
    Set<UUID> chunkedMessages(UUID userId, UUID roundId);

    /// Stores the result of M1 for a round and finishes its work item, in one transaction.
    ///
    /// @param episode empty when the round was deleted
    /// @param origin who built it
    Stored storeEpisode(WorkItem item, List<Chunk> chunks, Optional<Episode> episode, LayerOrigin origin);

    /// Returns the current facts of a user with their revision, for [FactChanges].
    KnownFacts knownFacts(UUID userId);

    /// Returns the revision of a user's facts; 0 when there is no such user.
    long factsRevision(UUID userId);

    /// Stores the result of M2 for a round and finishes its work item, in one transaction.
    ///
    /// @param origin who built it
    Stored storeFacts(WorkItem item, FactChanges changes, LayerOrigin origin);

    /// Returns facts of a user, the latest observed first.
    List<Fact> facts(UUID userId, FactQuery query);

    /// Returns the current facts that contradict current facts while neither replaces the other, by the id of the
    /// latter.
    ///
    /// @param factIds ids of facts of the user; facts without a conflict are not in the result
    Map<UUID, List<UUID>> conflicts(UUID userId, Collection<UUID> factIds);

    /// Returns episodes of a user, newest first.
    List<Episode> episodes(UUID userId, EpisodeQuery query);

    /// A user with unfinished items.
    ///
    /// @param items number of items
    /// @param remaining time until the first item can be leased, by the clock of the database; zero when it can now
    record Waiting(UUID userId, int items, Duration remaining) {}

    /// Rounds of a user to build, the number of their messages, and the characters of these.
    record Unbuilt(long rounds, long messages, long characters) {}

    /// Rounds whose layer rules built.
    ///
    /// @param users rounds by user, without users that have none
    /// @param at time of this count, by the clock of the database
    record MadeByRules(Map<UUID, Unbuilt> users, Instant at) {
        public MadeByRules {
            users = Map.copyOf(users);
        }
    }

    /// Current facts of a user.
    ///
    /// @param revision increases with each change
    record KnownFacts(long revision, List<Fact> facts) {}

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
