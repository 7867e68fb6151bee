package dev.memfuse.engine.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.exception.EngineException;

/// The work list of the extraction of M1 and M2. Thread-safe; every method blocks. Failures are [EngineException]s.
///
/// The list survives a crash: an item is leased to one process at a time, and a lease expires unless the item is
/// finished or the lease renewed. Several processes may work on one store.
public interface WorkStore {

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
    ExtractionStatus status();

    /// Requeues all dead letters.
    ///
    /// @return number of requeued items
    int retryFailed();

    /// Returns the extraction status of a round, per layer; empty when there is no such round.
    List<LayerResult> results(UUID userId, UUID roundId);

    /// A user with unfinished items.
    ///
    /// @param items number of items
    /// @param remaining time until the first item can be leased, by the clock of the database; zero when it can now
    record Waiting(UUID userId, int items, Duration remaining) {}
}
