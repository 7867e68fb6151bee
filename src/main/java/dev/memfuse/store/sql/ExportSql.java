package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.ExportStore;
import dev.memfuse.store.pool.Database;

/// Streams all records of one user from one snapshot.
public final class ExportSql implements ExportStore {
    private static final int FETCH_SIZE = 500;

    private final Database database;

    public ExportSql(Database database) {
        this.database = database;
    }

    /// Passes every record of a user to a consumer, kind by kind; fetches the rows in portions.
    ///
    /// @throws NotFoundException when there is no such user
    /// @throws EngineException when the database interrupted the export after the first record
    @Override
    public void read(UUID userId, Consumer<UserRecord> each) {
        AtomicBoolean started = new AtomicBoolean();
        database.inTransaction(userId, "export a user", connection -> {
            if (started.getAndSet(true)) {
                // A standby may cancel a long read; records that the consumer received cannot be recalled.
                throw new EngineException("The database interrupted the export. Start it again.");
            }
            Statements.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            for (RecordKind kind : RecordKind.values()) {
                long found = stream(connection, RecordTable.of(kind), userId, each);
                if (kind == RecordKind.USER && found == 0) {
                    throw new NotFoundException("There is no such user.");
                }
            }
            return true;
        });
    }

    private static long stream(Connection connection, RecordTable table, UUID userId, Consumer<UserRecord> each)
            throws SQLException {
        LongAdder found = new LongAdder();
        try (PreparedStatement statement = Statements.bind(connection, table.select(), userId)) {
            statement.setFetchSize(FETCH_SIZE);
            Statements.forEach(statement, row -> {
                each.accept(table.read(row));
                found.increment();
            });
        }
        return found.sum();
    }
}
