package dev.memfuse.store.baseline;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.sql.Statements;
import org.postgresql.PGConnection;

/// Stores rounds by binary `COPY`, PostgreSQL's fastest way for many rows, in one transaction with the row of the round
/// and the session's sequence. A lower bound for benchmarks; fails when a row already exists. Not thread-safe.
public final class CopyBaseline implements AutoCloseable {
    private static final int FIELDS = 8;

    private final Connection connection;
    private final PreparedStatement sequence;
    private final PreparedStatement round;

    private CopyBaseline(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        sequence = connection.prepareStatement("UPDATE sessions SET last_sequence = last_sequence + ?, "
                + "updated_at = now() WHERE user_id = ? AND session_id = ? RETURNING last_sequence");
        round = connection.prepareStatement(
                "INSERT INTO rounds (user_id, round_id, session_id, created_at) VALUES (?, ?, ?, ?)");
    }

    /// Opens the connection and prepares the statements.
    public static CopyBaseline open(DatabaseTarget target) {
        try {
            return new CopyBaseline(target.connections("memfuse-bench").getConnection());
        } catch (SQLException e) {
            throw new StoreException("open the baseline connection", e, "");
        }
    }

    /// Stores one new round; it is committed on return.
    public void store(StoredRound stored) {
        try {
            long first = takeSequence(stored) - stored.messages().size() + 1;
            round.setObject(1, stored.session().userId());
            round.setObject(2, stored.id());
            round.setObject(3, stored.session().sessionId());
            round.setObject(4, Statements.timestamp(stored.createdAt()));
            round.executeUpdate();
            connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("COPY messages (user_id, message_id, session_id, round_id, sequence, role, content, "
                            + "created_at) FROM STDIN (FORMAT binary)",
                            new ByteArrayInputStream(rows(stored, first)));
            connection.commit();
        } catch (SQLException e) {
            throw new StoreException("copy a round", e, "");
        } catch (IOException e) {
            throw new StoreException("copy a round", new SQLException(e), "");
        }
    }

    private long takeSequence(StoredRound stored) throws SQLException {
        sequence.setInt(1, stored.messages().size());
        sequence.setObject(2, stored.session().userId());
        sequence.setObject(3, stored.session().sessionId());
        try (ResultSet row = sequence.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static byte[] rows(StoredRound stored, long first) {
        CopyRows rows = new CopyRows();
        SessionKey session = stored.session();
        long place = first;
        for (NewMessage message : stored.messages()) {
            rows.row(FIELDS).id(session.userId()).id(message.id()).id(session.sessionId()).id(stored.id())
                    .number(place++).text(message.role().label()).text(message.content()).time(message.createdAt());
        }
        return rows.end();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("close the baseline connection", e, "");
        }
    }
}
