package dev.memfuse.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.Migrations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The migration for searches locks three tables while other work uses them.
@Tag("db")
class SearchMigrationDbTest {
    private EngineFixture fixture;
    private Connection other;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        other = fixture.connect();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        fixture.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Waits until another connection waits for a lock on a table.
    private void awaitWaiting(String table) {
        EngineFixture.await("a wait for a lock on " + table, () -> {
            try {
                return fixture.count("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = "
                        + "'" + table + "'::regclass AND database = (SELECT oid FROM pg_database "
                        + "WHERE datname = current_database())") > 0;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private long deadlocks() throws SQLException {
        return fixture.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    /// The connection in this test takes the locks of the migration, in its order.
    @Test
    void reembeddingTakesItsLocksInTheOrderOfTheMigration() throws Exception {
        UUID user = fixture.newSession("alice").userId();
        run("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");

        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> fixture.store()
                .vectors().stale(user, DerivedLayer.M1, "model@1", Optional.empty(), 10).size());
        awaitWaiting("messages");
        run("LOCK TABLE m1_episodic IN ACCESS EXCLUSIVE MODE");
        other.commit();

        assertEquals(0, reading.get(20, TimeUnit.SECONDS));
        assertEquals(0, deadlocks());
    }

    /// The connection in this test is one of another program, which locks the tables in the opposite order.
    @Test
    void theMigrationIsRepeatedWhenADeadlockAbortsIt() throws Exception {
        run("SET deadlock_timeout = '1h'");
        run("LOCK TABLE m1_episodic IN ROW EXCLUSIVE MODE");

        CompletableFuture<Void> migration = CompletableFuture
                .runAsync(() -> Migrations.applySearch(fixture.database().target()));
        awaitWaiting("m1_episodic");
        run("LOCK TABLE messages IN ACCESS SHARE MODE");
        other.commit();

        migration.get(30, TimeUnit.SECONDS);
        assertEquals(1, deadlocks());
        assertEquals(3, fixture.count("SELECT count(*) FROM pg_attribute WHERE attname = 'words' AND attrelid IN "
                + "('messages'::regclass, 'm1_episodic'::regclass, 'm2_semantic'::regclass)"));
    }
}
