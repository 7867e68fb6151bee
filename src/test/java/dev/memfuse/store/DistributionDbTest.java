package dev.memfuse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The statements that distribute the tables, their order and their repetition, on PostgreSQL with functions that only
/// note their calls. What Citus does with them is not tested here.
@Tag("db")
class DistributionDbTest {
    private static final String STAND_IN = """
                                           CREATE SCHEMA stand_in;
                                           CREATE TABLE stand_in.pg_dist_local_group (groupid int);
                                           INSERT INTO stand_in.pg_dist_local_group VALUES (0);
                                           CREATE TABLE stand_in.pg_dist_node (isactive boolean, shouldhaveshards boolean);
                                           INSERT INTO stand_in.pg_dist_node VALUES (true, true);
                                           CREATE TABLE stand_in.citus_tables (table_name regclass, citus_table_type text, distribution_column text);
                                           CREATE TABLE stand_in.calls (number serial, called text, of regclass);
                                           CREATE FUNCTION stand_in.create_distributed_table(of regclass, by text, colocate_with text DEFAULT 'default')
                                             RETURNS void LANGUAGE sql AS $$
                                               INSERT INTO stand_in.citus_tables VALUES (of, 'distributed', by);
                                               INSERT INTO stand_in.calls (called, of) VALUES ('distribute', of) $$;
                                           CREATE FUNCTION stand_in.create_reference_table(of regclass) RETURNS void LANGUAGE sql AS $$
                                               INSERT INTO stand_in.citus_tables VALUES (of, 'reference', '<none>');
                                               INSERT INTO stand_in.calls (called, of) VALUES ('reference', of) $$;
                                           CREATE FUNCTION stand_in.truncate_local_data_after_distributing_table(of regclass) RETURNS void
                                             LANGUAGE sql AS $$ INSERT INTO stand_in.calls (called, of) VALUES ('empty', of) $$;
                                           """;

    private TestServer.TestDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
    }

    @AfterEach
    void drop() throws SQLException {
        TestServer.drop(database);
    }

    private DatabaseTarget target() {
        return new DatabaseTarget(database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?")
                + "currentSchema=public,stand_in", database.user(), database.password());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return Statements.query(connection, row -> row.getString(1), sql);
        }
    }

    private void standIn() throws SQLException {
        execute(STAND_IN);
        execute("SET allow_system_table_mods = on; INSERT INTO pg_extension (oid, extname, extowner, extnamespace, "
                + "extrelocatable, extversion) SELECT 9999999, 'citus', extowner, extnamespace, false, '13.2-1' "
                + "FROM pg_extension WHERE extname = 'plpgsql'");
    }

    private static Distribution.Outcome run(DatabaseTarget target, boolean dryRun) {
        return Distribution.run(target, dryRun, _ -> {});
    }

    private List<String> calls() throws SQLException {
        return texts("SELECT called || ' ' || of::text FROM stand_in.calls ORDER BY number");
    }

    private String refusal() {
        return String.valueOf(assertThrows(EngineException.class, () -> run(target(), false)).getMessage());
    }

    @Test
    void withoutTheExtensionNothingIsDone() {
        assertTrue(refusal().startsWith("The database has no extension citus."));
    }

    @Test
    void aWorkerAndAClusterWithoutShardsAreRefused() throws SQLException {
        standIn();
        execute("UPDATE stand_in.pg_dist_local_group SET groupid = 2");
        assertEquals("This node is a worker. Name the coordinator with --db.", refusal());

        execute("UPDATE stand_in.pg_dist_local_group SET groupid = 0; "
                + "UPDATE stand_in.pg_dist_node SET shouldhaveshards = false");
        assertTrue(refusal().startsWith("No node of the cluster holds shards."));
        assertEquals(List.of(), calls());
    }

    @Test
    void aDryRunPrintsTheStatementsAndChangesNothing() throws SQLException {
        standIn();

        Distribution.Outcome outcome = run(target(), true);

        assertEquals(34, outcome.statements().size());
        assertEquals("SELECT create_distributed_table('users', 'user_id')", outcome.statements().getFirst());
        assertEquals("SELECT create_distributed_table('agents', 'user_id', colocate_with => 'users')",
                outcome.statements().get(1));
        assertEquals(List.of(), calls());
    }

    @Test
    void tablesAreDistributedBeforeThoseThatReferToThemAndEmptiedInTheOppositeOrder() throws SQLException {
        standIn();

        run(target(), false);

        List<String> calls = calls();
        List<String> references = texts("SELECT conrelid::regclass || ' ' || confrelid::regclass FROM pg_constraint "
                + "WHERE contype = 'f'");
        assertTrue(references.size() > 10, references.toString());
        for (String reference : references) {
            String[] tables = reference.split(" ");
            assertTrue(calls.indexOf("distribute " + tables[1]) < calls.indexOf("distribute " + tables[0]), reference);
            assertTrue(calls.indexOf("empty " + tables[0]) < calls.indexOf("empty " + tables[1]), reference);
        }
        int firstEmptied = calls.indexOf(calls.stream().filter(call -> call.startsWith("empty")).findFirst()
                .orElseThrow());
        assertEquals(17, firstEmptied, "every table is in its place before one is emptied");
    }

    @Test
    void everyTableOfTheSchemaHasItsPlaceAndStandsInTheDocument() throws SQLException, IOException {
        Set<String> tables = new TreeSet<>(texts("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
        assertTrue(tables.remove("flyway_schema_history"), tables.toString());
        List<String> placed = new ArrayList<>(Distribution.BY_USER);
        placed.addAll(Distribution.ON_EVERY_NODE);

        assertEquals(tables, new TreeSet<>(placed));
        String document = Files.readString(Path.of("src", "docs", "citus.md"));
        assertEquals(List.of(), placed.stream().filter(table -> !document.contains("_table('" + table + "'")).toList());
        assertEquals(Set.of(),
                new TreeSet<>(texts("SELECT tablename::text FROM pg_tables t WHERE schemaname = 'public' "
                        + "AND tablename = ANY ('{" + String.join(",", Distribution.BY_USER)
                        + "}') AND NOT EXISTS (SELECT FROM "
                        + "information_schema.columns c WHERE c.table_name = t.tablename AND c.column_name = 'user_id')")));
    }

    @Test
    void anInterruptedRunIsContinuedAndAFinishedOneDoesNothing() throws SQLException {
        standIn();
        execute("ALTER TABLE rounds RENAME TO rounds_away");
        assertTrue(refusal().contains("Repeat the command"));
        assertEquals(List.of("distribute users", "distribute agents", "distribute sessions"), calls());

        execute("ALTER TABLE rounds_away RENAME TO rounds");
        run(target(), false);

        assertEquals(17, Set.copyOf(texts("SELECT table_name::text FROM stand_in.citus_tables")).size());
        assertEquals(17, texts("SELECT table_name::text FROM stand_in.citus_tables").size());
        assertEquals(List.of(), run(target(), false).statements());
    }

    @Test
    void aTableThatIsDistributedOtherwiseIsNamedAndNothingIsDone() throws SQLException {
        standIn();
        execute("INSERT INTO stand_in.citus_tables VALUES ('messages', 'distributed', 'message_id')");

        Distribution.Outcome outcome = run(target(), false);

        assertEquals(List.of("The table messages is not distributed by user_id. Undo that with SELECT "
                + "undistribute_table('messages'), and repeat the command."), outcome.problems());
        assertEquals(List.of(), calls());
    }

    /// PostgreSQL plans no tasks, so this shows only that every statement can be explained, and that a plan without
    /// tasks is reported.
    @Test
    void eachStatementIsExplainedAndAPlanWithoutTasksIsReported() throws SQLException {
        standIn();

        Distribution.Outcome outcome = run(target(), false);

        assertEquals(15, outcome.problems().size());
        assertEquals("The statement to advance a session is not sent to a shard: its plan has no tasks.",
                outcome.problems().getFirst());
        assertEquals(0, outcome.verified());
    }
}
