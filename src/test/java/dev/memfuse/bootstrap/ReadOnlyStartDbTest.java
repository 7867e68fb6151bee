package dev.memfuse.bootstrap;

import static dev.memfuse.bootstrap.ReadOnlyDbTest.open;
import static dev.memfuse.bootstrap.ReadOnlyDbTest.ready;
import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases that can, or cannot, be opened read-only, and the change between the two ways.
@Tag("db")
class ReadOnlyStartDbTest {
    private static final Map<String, String> READ_ONLY = Map.of("postgres.read_only", "true");

    @TempDir
    private Path folder;

    private static void execute(TestDatabase place, String... statements) throws SQLException {
        try (Connection connection = place.connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String read(TestDatabase place, String sql) throws SQLException {
        try (Connection connection = place.connect()) {
            return Statements.query(connection, row -> row.getString(1), sql).getFirst();
        }
    }

    private String failure(TestDatabase place, Map<String, String> settings) {
        try (AppGraph graph = open(place, folder, settings)) {
            return assertInstanceOf(EngineState.Failed.class, graph.host().state()).problem();
        }
    }

    private static SessionKey session(MemoryEngine engine, String name) {
        UUID user = engine.createUser(name).id();
        return engine.createSession(user, engine.createAgent(user, "assistant").id(), "first").key();
    }

    @Test
    void anOlderSchemaIsASentenceAndStays() throws SQLException {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        execute(place, "DELETE FROM flyway_schema_history WHERE version = '21'");

        String problem = failure(place, READ_ONLY);

        assertEquals("The schema of this database is older than this program, and read-only changes nothing. Open it "
                + "once for writing, which brings it up to date.", problem);
        assertEquals("20", read(place, "SELECT max(version::int) FROM flyway_schema_history"));
    }

    @Test
    void anEmptyDatabaseIsASentenceAndStaysEmpty() throws SQLException {
        TestDatabase place = TestServer.newDatabase();

        String problem = failure(place, READ_ONLY);

        assertTrue(problem.startsWith("The schema of this database is missing"), problem);
        assertEquals("0", read(place, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    @Test
    void aDatabaseThatAcceptsNoWritesAndARoleThatMayOnlyReadAreEnough() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        SessionKey session;
        try (AppGraph writing = open(place, folder, Map.of())) {
            session = session(ready(writing), "anna");
            ready(writing).addBatch(session, messages("Anna lives in Berlin."));
        }
        String role = "reader_" + UUID.randomUUID().toString().replace("-", "");
        String name = read(place, "SELECT current_database()");
        execute(place, "CREATE ROLE " + role + " LOGIN PASSWORD 'reads'", "GRANT USAGE ON SCHEMA public TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role, "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "REVOKE ALL ON DATABASE \"" + name + "\" FROM PUBLIC",
                "GRANT CONNECT ON DATABASE \"" + name + "\" TO " + role,
                "ALTER DATABASE \"" + name + "\" SET default_transaction_read_only = on");
        TestDatabase reader = new TestDatabase(place.jdbcUrl(), role, "reads");

        assertTrue(failure(reader, Map.of()).contains("open it read-only"));
        try (AppGraph graph = open(reader, folder, READ_ONLY)) {
            MemoryEngine engine = ready(graph);

            assertEquals("Anna lives in Berlin.",
                    engine.query(session.userId(), "Where does Anna live?", 3).hits().getFirst().content());
            assertTrue(graph.host().stack().orElseThrow().database().whyAway().isEmpty());
            assertFalse(engine.messages(session, 10, Order.OLDEST_FIRST).degraded());
        }
    }

    @Test
    void theWayChangesWhileTheProgramRuns() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        try (AppGraph graph = open(place, folder, Map.of("buffer.bypass_mode", "false"))) {
            SessionKey session = session(ready(graph), "anna");
            ready(graph).addBatch(session, messages("buffered"));

            connect(graph, new DatabaseChoice(place.jdbcUrl(), true));

            MemoryEngine reading = ready(graph);
            assertTrue(reading.readOnly() && graph.host().readOnly());
            assertTrue(graph.host().database().endsWith(", read-only"), graph.host().database());
            assertEquals("buffered", reading.messages(session, 10, Order.OLDEST_FIRST).getFirst().content());
            assertThrows(ReadOnlyException.class, () -> reading.addBatch(session, messages("refused")));
            assertEquals(true, ConfigValues.get(graph.tunables().get(), "postgres.read_only"));

            connect(graph, new DatabaseChoice(place.jdbcUrl(), false));

            MemoryEngine writing = ready(graph);
            assertFalse(writing.readOnly() || graph.host().readOnly());
            writing.addBatch(session, messages("second"));
            writing.flush();
            assertEquals("2", read(place, "SELECT count(*) FROM messages"));

            connect(graph, new DatabaseChoice(place.jdbcUrl(), true));
            // A profile does not know how the database of this moment is open.
            graph.lab().arms().profiles().save("mine", graph.tunables().get());
            assertFalse(graph.lab().arms().profiles().load("mine").postgres().readOnly());
            assertEquals(2, ready(graph).messages(session, 10, Order.OLDEST_FIRST).size());
        }
    }

    @Test
    void aDatabaseThatCannotBeReadLeavesTheOneBeforeOpenForWriting() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        TestDatabase empty = TestServer.newDatabase();
        try (AppGraph graph = open(place, folder, Map.of())) {
            ready(graph);

            ExecutionException refused = assertThrows(ExecutionException.class,
                    () -> connect(graph, new DatabaseChoice(empty.jdbcUrl(), true)));

            assertTrue(refused.toString().contains("The schema of this database is missing"), refused.toString());
            assertFalse(graph.host().readOnly());
            ready(graph).createUser("still written");
        }
    }

    private static void connect(AppGraph graph, DatabaseChoice choice) throws Exception {
        graph.host().connect(choice, () -> {}, () -> {}).get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatWaitsInTheJournalStaysThereUntilTheDatabaseIsOpenedForWriting() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        SessionKey session;
        try (AppGraph writing = open(place, folder, Map.of())) {
            session = session(ready(writing), "anna");
        }
        Path journals = folder.resolve("journal").resolve(read(place, "SELECT id FROM store_identity"));
        JournalLimits limits = JournalLimits.of(new ConfigLoader().load().buffer().journal());
        try (Journal journal = Journal.open(journals.resolve("0"), () -> limits)) {
            journal.append(new JournalEntry.Round(UUID.randomUUID(), session, Instant.now(), messages("journaled"),
                    List.of(1)));
        }

        try (AppGraph graph = open(place, folder, READ_ONLY)) {
            assertTrue(ready(graph).messages(session, 10, Order.OLDEST_FIRST).isEmpty());
            assertTrue(graph.host().database().endsWith("1 acknowledged entries wait in the journal until it is opened "
                    + "for writing"), graph.host().database());
        }
        assertEquals("0", read(place, "SELECT count(*) FROM messages"));

        try (AppGraph graph = open(place, folder, Map.of())) {
            MemoryEngine engine = ready(graph);
            engine.flush();
            assertEquals("journaled", engine.messages(session, 10, Order.OLDEST_FIRST).getFirst().content());
        }
        assertEquals("1", read(place, "SELECT count(*) FROM messages"));
    }

    @Test
    void searchesInsideADatabaseWithoutTheirColumnsAreASentence() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        try (AppGraph graph = open(place, folder,
                Map.of("postgres.read_only", "true", "retrieval.backend", "postgres"))) {
            Exception refused = assertThrows(EngineException.class,
                    () -> ready(graph).query(UUID.randomUUID(), "anything", 3));

            assertTrue(String.valueOf(refused.getMessage()).contains("writing")
                    || String.valueOf(refused.getMessage()).contains("vector"), refused.getMessage());
            assertEquals("0", read(place, "SELECT count(*) FROM pg_tables WHERE tablename = 'flyway_search_history'"));
        }
    }

    @Test
    void theEmbeddedServerIsOpenedReadOnlyToo() throws Exception {
        try (AppGraph graph = embedded(Map.of())) {
            ready(graph).createUser("anna");
        }
        try (AppGraph graph = embedded(READ_ONLY)) {
            assertTrue(ready(graph).user("anna").isPresent());
            assertThrows(ReadOnlyException.class, () -> ready(graph).createUser("ben"));
        }
    }

    @Test
    void aTemporaryServerCannotBeReadOnlyAndSaysSoBeforeItStarts() {
        try (AppGraph graph = embedded(READ_ONLY, true)) {
            EngineState.Failed failed = assertInstanceOf(EngineState.Failed.class, graph.host().state());

            assertEquals("A temporary database is empty, and read-only adds nothing to it.", failed.problem());
            assertEquals("Start without --ephemeral, or without postgres.read_only.", failed.advice());
        }
    }

    @Test
    void profilesKeepTheReadOnlyOfTheStart() throws Exception {
        TestDatabase place = TestServer.newDatabaseWithSchema();
        try (AppGraph graph = open(place, folder, READ_ONLY)) {
            connect(graph, new DatabaseChoice(place.jdbcUrl(), false));

            graph.lab().arms().profiles().save("mine", graph.tunables().get());

            assertTrue(graph.lab().arms().profiles().load("mine").postgres().readOnly());
        }
    }

    private AppGraph embedded(Map<String, String> settings) {
        return embedded(settings, false);
    }

    private AppGraph embedded(Map<String, String> settings, boolean temporary) {
        AppGraph graph = new AppGraph(new LaunchOptions(Optional.empty(), Optional.empty(), settings, Optional.empty(),
                Optional.of(folder), temporary, List.of()), new ProgramLog(),
                () -> new Credentials(Optional.empty(), Optional.empty()));
        graph.host().start();
        await("the start ends", () -> !(graph.host().state() instanceof EngineState.Starting));
        return graph;
    }
}
