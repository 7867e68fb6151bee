package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A connection in use of which the server hears nothing for long, because its user has not asked yet: its thread got
/// no processor, or works on something else.
@Tag("db")
class QuietLeaseDbTest {
    /// Longer than the time after which the server is asked about a lease, and a lost answer is given up.
    private static final long QUIET_NANOS = AnswerWatch.STALLED_NANOS + Duration.ofSeconds(2).toNanos();

    @Test
    void aConnectionWhoseUserDoesNotWaitForTheServerStaysOpen() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start()) {
            // A new connection has just been used; one of the pool was idle before its lease.
            fixture.database().withConnection("use it", QuietLeaseDbTest::one);

            int answer = fixture.database().withConnection("hold it", connection -> {
                probeFor(fixture.database());
                return one(connection);
            });

            assertEquals(1, answer);
        }
    }

    private static void probeFor(Database database) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < QUIET_NANOS) {
            assertEquals(Optional.empty(), database.whyAway());
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT 1")) {
            row.next();
            return row.getInt(1);
        }
    }
}
