package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.memfuse.postgres.embedded.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ErrorDetailDbTest {

    @Test
    void anErrorOfTheServerRepeatsNoRow() throws Exception {
        TestServer.TestDatabase place = TestServer.newDatabase();
        DatabaseTarget target = new DatabaseTarget(place.jdbcUrl(), place.user(), place.password());
        try (Connection connection = target.connections("test").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE messages (content text, number int NOT NULL)");

            SQLException failure = assertThrows(SQLException.class,
                    () -> statement.execute("INSERT INTO messages VALUES ('a private text', NULL)"));

            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("null value in column \"number\""), message);
            assertFalse(message.contains("private"), message);
        }
    }
}
