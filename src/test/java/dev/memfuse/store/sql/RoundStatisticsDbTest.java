package dev.memfuse.store.sql;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Plans of PostgreSQL for a database that grows fast.
@Tag("db")
class RoundStatisticsDbTest {
    /// The check of the foreign key of a message, as PostgreSQL writes it.
    private static final String CHECK = "PREPARE check_round (uuid, uuid) AS SELECT 1 FROM ONLY rounds x "
            + "WHERE user_id OPERATOR(pg_catalog.=) $1 AND round_id OPERATOR(pg_catalog.=) $2 FOR KEY SHARE OF x";

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start();
        session = fixture.newSession("alice");
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            // PostgreSQL's own turn must not come first.
            statement.execute("ALTER TABLE rounds SET (autovacuum_enabled = false)");
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void store(int rounds) {
        List<StoredRound> all = IntStream.range(0, rounds)
                .mapToObj(i -> new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(),
                        List.of(NewMessage.of(Role.USER, "message " + i)), List.of(), List.of(), Set.of()))
                .toList();
        Set<SessionKey> missing = fixture.store().rounds().store(session.userId(), all, Duration.ZERO);
        assertTrue(missing.isEmpty());
    }

    private long counted() {
        try {
            return fixture.count("SELECT reltuples::bigint FROM pg_class WHERE oid = 'rounds'::regclass");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String plan(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery(
                "EXPLAIN EXECUTE check_round ('" + new UUID(1, 1) + "', '" + new UUID(2, 2) + "')")) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    @Test
    void aPlanThatReadsAllRoundsOfAUserIsReplacedOnceThereAreMany() throws SQLException {
        store(1);
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute(CHECK);
            String young = plan(statement);
            assertFalse(young.contains("rounds_pkey"), "without statistics PostgreSQL takes another index:\n" + young);

            store(2_500);

            await("the rounds are counted", () -> counted() >= 2_000);
            String counted = plan(statement);
            assertTrue(counted.contains("rounds_pkey"), counted);
        }
    }

    @Test
    void aSmallTableIsLeftToPostgres() {
        store(1_500);

        assertTrue(counted() <= 0, "counted: " + counted());
    }

    @Test
    void failuresOfStatisticsFailNoAdd() throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // ANALYZE needs a lock that conflicts with this one, and gives up.
            statement.execute("LOCK TABLE rounds IN SHARE UPDATE EXCLUSIVE MODE");

            store(2_500);

            connection.rollback();
        }
        store(6_000);
        await("the rounds are counted by the next look", () -> counted() >= 8_000);
    }
}
