package dev.memfuse.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Those messages of a round that are still there, held until the transaction ends. What a layer made of a message while
/// that message was deleted must not be stored: it would bring the text back.
///
/// Taken before the lock on the round, since a deletion takes its locks in this order too.
record LivingMessages(Set<UUID> ids) {

    static LivingMessages hold(Connection connection, UUID userId, UUID roundId) throws SQLException {
        List<UUID> found = Rows.list(connection, row -> Rows.uuid(row, "message_id"),
                "SELECT message_id FROM messages WHERE user_id = ? AND round_id = ? ORDER BY message_id FOR KEY SHARE",
                userId, roundId);
        return new LivingMessages(new HashSet<>(found));
    }

    /// Whether all of them are there.
    boolean all(Collection<UUID> messageIds) {
        return ids.containsAll(messageIds);
    }

    /// Whether some of them are there and some are not.
    boolean onlySome(Collection<UUID> messageIds) {
        return !all(messageIds) && messageIds.stream().anyMatch(ids::contains);
    }
}
