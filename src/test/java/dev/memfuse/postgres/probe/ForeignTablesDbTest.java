package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A database that another application uses is refused with a remedy, and stays as it was.
@Tag("db")
class ForeignTablesDbTest {
    private static DatabaseTarget target(TestDatabase database) {
        return new DatabaseTarget(database.jdbcUrl(), database.user(), database.password());
    }

    private static DatabaseReport probe(TestDatabase database) {
        return new PostgresProbe(() -> Optional.of(target(database)),
                () -> new Credentials(Optional.empty(), Optional.empty())).test("");
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "CREATE TABLE users (user_id bigint); CREATE TABLE sessions (id int) | (sessions, users)",
            "CREATE TABLE a (); CREATE TABLE b (); CREATE TABLE c (); CREATE TABLE d () | (a, b, c and 1 more)",
            "CREATE VIEW looks AS SELECT 1 | (looks)", "CREATE SEQUENCE numbers | (numbers)",
            "CREATE TYPE mood AS ENUM ('good') | (mood)", "CREATE FUNCTION f() RETURNS int RETURN 1 | (f)",
            "CREATE TABLE flyway_schema_history (installed_rank int, version text, script text); INSERT INTO "
                    + "flyway_schema_history VALUES (1, '1', 'V1__orders.sql') | beginning with V1__orders.sql,"})
    void theDatabaseOfAnotherApplicationIsRefused(String sql, String named) throws Exception {
        TestDatabase other = TestServer.newDatabase("other_application", "TEMPLATE template0");
        try {
            execute(other, sql);

            String sentence = String.valueOf(
                    assertThrows(EngineException.class, () -> Migrations.apply(target(other))).getMessage());
            DatabaseReport report = probe(other);

            assertTrue(sentence.startsWith("The database \"other_application\" holds "), sentence);
            assertTrue(sentence.contains(named), sentence);
            assertTrue(sentence.contains("CREATE DATABASE memfuse"), sentence);
            assertEquals(sentence, report.summary());
            assertFalse(report.usable());
        } finally {
            TestServer.drop(other);
        }
    }

    @Test
    void anEmptyDatabaseIsAcceptedAndSoIsItsSecondStart() throws Exception {
        TestDatabase empty = TestServer.newDatabase("own_application", "TEMPLATE template0");
        try {
            execute(empty, "CREATE SCHEMA other; CREATE TABLE other.users ()");
            assertTrue(probe(empty).usable(), probe(empty).summary());

            Migrations.apply(target(empty));
            Migrations.apply(target(empty));

            assertTrue(probe(empty).usable(), probe(empty).summary());
        } finally {
            TestServer.drop(empty);
        }
    }
}
