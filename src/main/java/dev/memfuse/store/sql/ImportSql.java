package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.ImportStore;
import dev.memfuse.store.pool.Database;
import org.jspecify.annotations.Nullable;

/// Creates a user from records, in portions within one transaction: readers see the complete user or none, also when
/// the process is killed during the import.
public final class ImportSql implements ImportStore {
    private static final int PORTION = 500;
    /// Texts of a portion beyond which it is stored, to bound memory.
    private static final long PORTION_CHARACTERS = 8 << 20;

    private final Database database;

    public ImportSql(Database database) {
        this.database = database;
    }

    /// Imports a user and returns it; its id is a new one when the recorded id is taken.
    ///
    /// @param name name of the new user; null keeps the recorded one
    /// @param records opens the records, the user first; called again when the transaction is repeated
    /// @throws RecordRefusedException when a record is invalid
    @Override
    public User run(@Nullable String name, Supplier<Stream<UserRecord>> records) {
        return database.inTransaction("import a user", connection -> {
            try (Stream<UserRecord> opened = records.get()) {
                return new Run(connection, opened.iterator()).all(name);
            }
        });
    }

    /// One attempt of the transaction.
    private static final class Run {
        private final Connection connection;
        private final Iterator<UserRecord> records;
        private final List<UserRecord> portion = new ArrayList<>();
        private long stored;
        private long characters;

        Run(Connection connection, Iterator<UserRecord> records) {
            this.connection = connection;
            this.records = records;
        }

        User all(@Nullable String name) throws SQLException {
            UserRecord first = records.hasNext() ? records.next() : null;
            if (first == null || first.kind() != RecordKind.USER) {
                throw new RecordRefusedException(1, "The first record must be the user.", "", null);
            }
            User user = user(first, name);
            DirectorySql.claimName(connection, user.name());
            store(user.id(), List.of(new UserRecord(RecordKind.USER,
                    Arrays.asList(user.id(), user.name(), first.value("description"), user.createdAt()))));
            while (records.hasNext()) {
                UserRecord next = records.next();
                if (!portion.isEmpty() && (portion.size() == PORTION || characters > PORTION_CHARACTERS
                        || portion.getFirst().kind() != next.kind())) {
                    storePortion(user.id());
                }
                portion.add(next);
                characters += characters(next);
            }
            storePortion(user.id());
            // Another process may hold data of a deleted user with the same id.
            ErasureSql.advance(connection, user.id());
            return user;
        }

        private User user(UserRecord first, @Nullable String name) throws SQLException {
            UUID id = (UUID) Objects.requireNonNull(first.value("user_id"));
            boolean taken = !Statements.query(connection, _ -> true, "SELECT 1 FROM users WHERE user_id = ?", id)
                    .isEmpty();
            return new User(taken ? DirectorySql.newId() : id,
                    name == null ? (String) Objects.requireNonNull(first.value("name")) : name,
                    (Instant) Objects.requireNonNull(first.value("created_at")));
        }

        private void storePortion(UUID userId) throws SQLException {
            if (!portion.isEmpty()) {
                store(userId, portion);
                portion.clear();
                characters = 0;
            }
        }

        private static long characters(UserRecord row) {
            return row.values().stream().mapToLong(value -> value instanceof String text ? text.length() : 0).sum();
        }

        /// Stores a portion. When the database refuses it, stores its records one by one to find the invalid one.
        private void store(UUID userId, List<UserRecord> rows) throws SQLException {
            RecordTable table = RecordTable.of(rows.getFirst().kind());
            Savepoint before = connection.setSavepoint();
            try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
                for (UserRecord row : rows) {
                    table.bind(connection, statement, userId, row);
                    statement.addBatch();
                }
                Statements.batch(statement);
            } catch (SQLException e) {
                if (!ImportCheck.causedByRecord(e)) {
                    throw e;
                }
                connection.rollback(before);
                storeOneByOne(userId, table, rows);
            }
            connection.releaseSavepoint(before);
            ImportCheck.run(connection, userId, rows, stored);
            stored += rows.size();
        }

        private void storeOneByOne(UUID userId, RecordTable table, List<UserRecord> rows) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
                for (int i = 0; i < rows.size(); i++) {
                    try {
                        table.bind(connection, statement, userId, rows.get(i));
                        Statements.update(statement);
                    } catch (SQLException e) {
                        throw ImportCheck.refused(stored + i + 1, table.kind(), e);
                    }
                }
            }
        }
    }
}
