package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.store.pool.Database;

/// Reads everything of one user in one snapshot and in portions.
public final class ExportSql {
    private static final int FETCH_SIZE = 500;

    private final Database database;

    public ExportSql(Database database) {
        this.database = database;
    }

    public void read(UUID userId, Consumer<UserRecord> each) {
        AtomicBoolean begun = new AtomicBoolean();
        database.inTransaction("export a user", connection -> {
            if (begun.getAndSet(true)) {
                // A standby may cancel a long read; what was handed out cannot be taken back.
                throw new EngineException("The database interrupted the export. Start it again.");
            }
            Jdbc.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
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
        long found = 0;
        try (PreparedStatement statement = Jdbc.bind(connection, table.select(), userId)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(table.read(rows));
                    found++;
                }
            }
        }
        return found;
    }
}
