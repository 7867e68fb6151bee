package dev.memfuse.engine.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;

/// The time of each user's last deletion, by which every process recognizes what it holds of deleted data. Times are
/// microseconds since 1970 on the database's clock; each deletion of a user has a later one. Thread-safe; every method
/// blocks. Failures are [EngineException]s.
public interface ErasureStore {

    /// Time for a user without deletions.
    long NEVER = 0;
    /// Time for a user that does not exist.
    long NO_USER = -1;

    /// A deletion.
    ///
    /// @param result counts of the deleted rows
    /// @param before time of the user's last deletion before it
    /// @param after time of this deletion; equal to `before` when it deleted nothing
    record Erasure(DeleteResult result, long before, long after) {}

    /// Messages, and the time of the user's last deletion as of the same instant.
    record CurrentMessages(List<Message> messages, long erased) {}

    /// Returns the time of the user's last deletion.
    long erased(UUID userId);

    /// Returns stored messages by id, in any order, without unknown ones, in one statement.
    CurrentMessages readCurrent(UUID userId, Collection<UUID> messageIds);

    /// Returns the last deletion of each user that deleted something at a time or later. Reads across users.
    Map<UUID, Long> since(long time);

    /// Returns those of the users that exist. Reads across users.
    Set<UUID> existing(Collection<UUID> userIds);

    /// Returns those of the sessions that exist. Reads across users.
    Set<SessionKey> existingSessions(Collection<SessionKey> sessions);
}
