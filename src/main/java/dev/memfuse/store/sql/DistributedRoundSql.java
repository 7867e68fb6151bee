package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.StoredRound;
import org.jspecify.annotations.Nullable;

/// Stores rounds in a database that Citus distributes by user, with the same result as [RoundSql#STORE]. Citus runs an
/// `INSERT` inside a `WITH` as steps of their own, which a two-phase commit joins; a statement for each table is sent
/// to the one shard of the user, and their transaction commits there alone (ADR 0034).
final class DistributedRoundSql {
    /// The row lock on the session orders concurrent writers, so that its sequence has no duplicates.
    static final String ADVANCE = "UPDATE sessions SET last_sequence = last_sequence + ?, updated_at = now() "
            + "WHERE user_id = ? AND session_id = ? RETURNING last_sequence - ? AS base";
    static final MultiRowInsert ROUNDS = new MultiRowInsert(
            "INSERT INTO rounds (user_id, round_id, session_id, m1_state, m2_state, created_at)",
            "ON CONFLICT (user_id, round_id) DO NOTHING");
    static final MultiRowInsert MESSAGES = new MultiRowInsert(
            "INSERT INTO messages (user_id, message_id, session_id, round_id, sequence, role, content, token_count, "
                    + "created_at)",
            "ON CONFLICT (user_id, message_id) DO NOTHING");

    private DistributedRoundSql() {}

    /// Stores rounds of one session within the caller's transaction. Returns false and writes nothing when the session
    /// does not exist.
    static boolean store(Connection connection, List<StoredRound> rounds) throws SQLException {
        SessionKey session = rounds.getFirst().session();
        int count = rounds.stream().mapToInt(round -> round.messages().size()).sum();
        List<Long> base = Statements.query(connection, row -> row.getLong("base"), ADVANCE, count, session.userId(),
                session.sessionId(), count);
        if (base.isEmpty()) {
            return false;
        }
        List<@Nullable Object[]> roundRows = new ArrayList<>();
        List<@Nullable Object[]> messageRows = new ArrayList<>();
        long place = base.getFirst();
        for (StoredRound round : rounds) {
            roundRows.add(new @Nullable Object[]{session.userId(), round.id(), session.sessionId(),
                    RoundSql.state(round, DerivedLayer.M1), RoundSql.state(round, DerivedLayer.M2),
                    Statements.timestamp(round.createdAt())});
            for (int i = 0; i < round.messages().size(); i++) {
                messageRows.add(message(round, i, ++place));
            }
        }
        ROUNDS.run(connection, roundRows);
        if (!messageRows.isEmpty()) {
            MESSAGES.run(connection, messageRows);
        }
        return true;
    }

    private static @Nullable Object[] message(StoredRound round, int index, long sequence) {
        NewMessage message = round.messages().get(index);
        OptionalInt tokens = round.tokensOf(index);
        return new @Nullable Object[]{round.session().userId(), message.id(), round.session().sessionId(), round.id(),
                sequence, message.role().label(), message.content(),
                tokens.isPresent() ? (Integer) tokens.getAsInt() : null, Statements.timestamp(message.createdAt())};
    }
}
