package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A request whose client got no answer in time ends in the database too, and gives its place back.
@Tag("db")
class TimeoutDbTest {
    private static final String RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND state = 'active' AND wait_event_type = 'Lock'";

    @Test
    void aStatementEndsWithItsRequest() throws SQLException {
        try (HttpFixture http = HttpFixture.start();
                HttpServer hasty = http.another(new ServerSettings(ServerSettings.LOOPBACK, 0, Set.of(),
                        false, 0, 1, Duration.ofSeconds(1), false));
                Connection connection = http.engine().connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");

            assertEquals(503, http.send(hasty.url(), "GET", "/api/v1/users", null, Map.of()).status());

            EngineFixture.await("no statement waits for the lock", () -> count(lock) == 0);
            connection.rollback();
            EngineFixture.await("the place is free", () -> http.send(hasty.url(), "GET", "/api/v1/users", null,
                    Map.of()).status() == 200);
            assertEquals(Optional.empty(), http.engine().engine().user("nobody"));
        }
    }

    private static long count(Statement statement) {
        try (var rows = statement.executeQuery(RUNNING)) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
