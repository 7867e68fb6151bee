package dev.memfuse.engine;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Facts that are entered, changed and deleted by hand. Extraction never replaces a fact by hand: one that contradicts
/// it is marked as a conflict.
///
/// Thread-safe. Every method blocks for the database, and the changes for the model too. A change is committed in the
/// database when the call returns, and visible to the next read, list and query.
///
/// Every method throws an [InvalidValueException] for a value that it cannot use, and a [StorageUnavailableException]
/// while the database is away.
public interface Knowledge {

    /// Adds facts by hand.
    ///
    /// @param contents each with at least one character; limited like the messages of one `addBatch` call
    /// @return the facts in the order of their contents
    /// @throws NotFoundException when there is no such user
    List<Fact> add(UUID userId, List<String> contents);

    /// Returns the current facts with these ids, by hand or from messages, in the order of the ids; unknown ids are
    /// left out.
    List<Fact> read(UUID userId, Collection<UUID> factIds);

    /// Replaces the contents of current facts. They are facts by hand from then on. The former contents are erased from
    /// every place but the messages that they came from. Unknown ids are ignored.
    ///
    /// @return the changed facts, in the order of the changes
    List<Fact> update(UUID userId, List<Change> changes);

    /// Deletes facts. Messages that state them stay; their extraction is not repeated. Unknown ids are ignored.
    ///
    /// @return the ids of the deleted facts, in the order of the ids
    List<UUID> delete(UUID userId, Collection<UUID> factIds);

    /// A new content for a fact.
    record Change(UUID factId, String content) {}
}
