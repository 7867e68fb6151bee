package dev.memfuse.store.sql;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import dev.memfuse.engine.spi.RefusedRound;
import dev.memfuse.engine.spi.RefusedRoundStore;
import dev.memfuse.store.pool.Database;

/// Remembers the rounds that became dead letters, beyond the life of their users.
public final class RefusedRoundSql implements RefusedRoundStore {
    private static final String NOTE = "INSERT INTO refused_rounds (user_id, round_id) VALUES (?, ?) "
            + "ON CONFLICT DO NOTHING";
    private static final String KNOWN = "SELECT user_id, round_id FROM refused_rounds "
            + "JOIN unnest(?::uuid[], ?::uuid[]) AS wanted(user_id, round_id) USING (user_id, round_id)";
    private static final String FORGET = "DELETE FROM refused_rounds WHERE user_id = ? AND round_id = ?";

    private final Database database;

    public RefusedRoundSql(Database database) {
        this.database = database;
    }

    @Override
    public void note(Collection<RefusedRound> rounds) {
        each("note refused rounds", NOTE, rounds);
    }

    @Override
    public void forget(Collection<RefusedRound> rounds) {
        each("forget refused rounds", FORGET, rounds);
    }

    private void each(String action, String sql, Collection<RefusedRound> rounds) {
        database.withConnection(action, connection -> {
            int changed = 0;
            for (RefusedRound round : rounds) {
                changed += Statements.update(connection, sql, round.userId(), round.roundId());
            }
            return changed;
        });
    }

    @Override
    public Set<RefusedRound> known(Collection<RefusedRound> rounds) {
        return database.withConnection("find refused rounds",
                connection -> new HashSet<>(Statements.query(connection,
                        row -> new RefusedRound(RowMappers.uuid(row, "user_id"), RowMappers.uuid(row, "round_id")),
                        KNOWN, Statements.uuidArray(connection, rounds.stream().map(RefusedRound::userId).toList()),
                        Statements.uuidArray(connection, rounds.stream().map(RefusedRound::roundId).toList()))));
    }
}
