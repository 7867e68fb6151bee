package dev.memfuse.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Removes messages from the facts of a user before the messages are deleted. A fact whose text comes from such a
/// message is deleted; when other messages support it, their rounds are extracted again. A fact that such a message
/// merely confirms loses that source. Facts that a deleted fact superseded become current again, and facts that it
/// contradicted lose the mark.
final class FactErasure {
    private static final String RETURNING = " RETURNING fact_id, message_ids, "
            + "coalesce(conflicts_with, '{}') AS conflicts";
    private static final String DELETE = "DELETE FROM m2_semantic WHERE user_id = ? AND message_ids && ? "
            + "AND message_ids[1] = ANY (?)" + RETURNING;
    private static final String REMOVE = "DELETE FROM m2_semantic WHERE user_id = ? AND fact_id = ANY (?) "
            + "AND superseded_by IS NULL" + RETURNING;
    private static final String STRIP = """
                                        UPDATE m2_semantic f SET message_ids = ARRAY(
                                          SELECT s.id FROM unnest(f.message_ids) WITH ORDINALITY AS s(id, place)
                                          WHERE NOT s.id = ANY (?) ORDER BY s.place)
                                        WHERE f.user_id = ? AND f.message_ids && ?
                                          AND cardinality(f.message_ids) > 1""";
    private static final String REVIVE = "UPDATE m2_semantic SET valid_to = NULL, superseded_by = NULL "
            + "WHERE user_id = ? AND superseded_by = ANY (?)";
    /// Both facts of a conflict are marked, so the marks of the deleted ones name the others.
    private static final String UNMARK = """
                                         UPDATE m2_semantic f SET conflicts_with = nullif(ARRAY(
                                           SELECT c.id FROM unnest(f.conflicts_with) WITH ORDINALITY AS c(id, place)
                                           WHERE NOT c.id = ANY (?) ORDER BY c.place), '{}')
                                         WHERE f.user_id = ? AND f.fact_id = ANY (?)""";
    private static final String REQUEUE = """
                                          UPDATE rounds SET m2_state = 'pending', m2_attempts = 0,
                                            m2_owner = NULL, m2_until = NULL, updated_at = now()
                                          WHERE user_id = ? AND m2_state = 'done' AND round_id IN (
                                            SELECT round_id FROM messages WHERE user_id = ?
                                              AND message_id = ANY (?) AND NOT message_id = ANY (?))""";

    private FactErasure() {}

    private record Erased(UUID factId, List<UUID> messageIds, List<UUID> conflicts) {}

    /// Removes messages of a user from its facts. The caller has advanced the revision of the facts.
    ///
    /// @return number of deleted facts
    static int erase(Connection connection, UUID userId, List<UUID> messageIds) throws SQLException {
        if (messageIds.isEmpty()) {
            return 0;
        }
        Array deleted = Statements.uuidArray(connection, messageIds);
        List<Erased> erased = Statements.query(connection, FactErasure::erased, DELETE, userId, deleted, deleted);
        Statements.update(connection, STRIP, deleted, userId, deleted);
        if (erased.isEmpty()) {
            return 0;
        }
        detach(connection, userId, erased);
        List<UUID> sources = new ArrayList<>();
        erased.forEach(fact -> sources.addAll(fact.messageIds()));
        Statements.update(connection, REQUEUE, userId, userId, Statements.uuidArray(connection, sources), deleted);
        return erased.size();
    }

    /// Deletes current facts by id, whatever their sources; no round is extracted again.
    ///
    /// @return ids of the deleted facts
    static Set<UUID> remove(Connection connection, UUID userId, Collection<UUID> factIds) throws SQLException {
        List<Erased> erased = Statements.query(connection, FactErasure::erased, REMOVE, userId,
                Statements.uuidArray(connection, factIds));
        if (!erased.isEmpty()) {
            detach(connection, userId, erased);
        }
        return erased.stream().map(Erased::factId).collect(Collectors.toSet());
    }

    /// Removes deleted facts from those that they superseded or contradicted.
    private static void detach(Connection connection, UUID userId, List<Erased> erased) throws SQLException {
        Array facts = Statements.uuidArray(connection, erased.stream().map(Erased::factId).toList());
        Statements.update(connection, REVIVE, userId, facts);
        Statements.update(connection, UNMARK, facts, userId, Statements.uuidArray(connection,
                erased.stream().flatMap(fact -> fact.conflicts().stream()).distinct().toList()));
    }

    private static Erased erased(ResultSet row) throws SQLException {
        return new Erased(RowMappers.uuid(row, "fact_id"), RowMappers.uuidList(row, "message_ids"),
                RowMappers.uuidList(row, "conflicts"));
    }
}
