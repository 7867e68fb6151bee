package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A database of another encoding than UTF8 is refused, and the command in the refusal creates one that is accepted.
@Tag("db")
class DatabaseEncodingDbTest {

    @ParameterizedTest
    @CsvSource({"LATIN1, latin", "SQL_ASCII, Any Thing", "EUC_JP, a\"b-c", "WIN1252,"
            + "a_name_of_sixty_three_bytes_which_is_the_longest_that_is_allowed"})
    void theDatabaseIsRefusedWithACommandThatCreatesARightOne(String encoding, String name) throws Exception {
        TestDatabase wrong = TestServer.newDatabase(name,
                "TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
        try {
            EngineException refusal = assertThrows(EngineException.class, () -> Migrations.apply(target(wrong)));
            DatabaseReport report = probe(wrong);

            String sentence = String.valueOf(refusal.getMessage());
            assertTrue(sentence.contains(" is " + encoding + ","), sentence);
            assertTrue(report.reachable());
            assertFalse(report.usable());
            assertEquals(sentence, report.summary());
            assertEquals(0, tables(wrong));
            assertCreatesARightDatabase(wrong, sentence.substring(sentence.indexOf("CREATE DATABASE")));
        } finally {
            TestServer.drop(wrong);
        }
    }

    private static void assertCreatesARightDatabase(TestDatabase from, String command) throws Exception {
        try (Connection connection = from.connect(); Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
        String name = command.replaceAll("^CREATE DATABASE \"|\" TEMPLATE .*$", "").replace("\"\"", "\"");
        TestDatabase right = TestServer.named(name);
        try {
            Migrations.apply(target(right));
            assertTrue(probe(right).usable(), probe(right).summary());
        } finally {
            TestServer.drop(right);
        }
    }

    private static int tables(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static DatabaseTarget target(TestDatabase database) {
        return new DatabaseTarget(database.jdbcUrl(), database.user(), database.password());
    }

    private static DatabaseReport probe(TestDatabase database) {
        return new PostgresProbe(() -> Optional.of(target(database)),
                () -> new Credentials(Optional.empty(), Optional.empty())).test("");
    }
}
