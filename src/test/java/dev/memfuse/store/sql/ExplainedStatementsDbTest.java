package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.plan.PgStatementPlans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each statement of the program can be explained with real parameters, and nothing of it remains.
@Tag("db")
class ExplainedStatementsDbTest {
    /// What no call of the store sends, with the reason.
    private static final Set<String> ELSEWHERE = Set.of(
            // The lower bounds of a benchmark, on connections of their own; COPY has no plan.
            "InsertBaseline", "CopyBaseline", "StorageStats");

    private static final String[] LAYERS = {"buffer.bypass_mode=true", "layers.m1.enabled=true",
            "layers.m2.enabled=true"};

    private static String[] with(String setting) {
        return Stream.concat(Arrays.stream(LAYERS), Stream.of(setting)).toArray(String[]::new);
    }

    private static StatementPlans plans(EngineFixture fixture) {
        return new PgStatementPlans(() -> Optional.of(fixture.database()));
    }

    /// Stores the messages of a user and, where the database has no pgvector, what the statements need of it.
    private static void prepare(EngineFixture fixture) {
        SessionKey session = fixture.newSession("alice");
        fixture.engine().addBatch(session, EngineFixture.messages("I'd like \"Lisbon\", \\ and a ? mark.",
                "I moved to Lisbon in May.", "My sister lives in Porto."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(1)));
        StoredRound plain = new StoredRound(UUID.randomUUID(), session, Instant.EPOCH, EngineFixture.messages("Plain"),
                List.of(), List.of(), Set.of());
        fixture.store().rounds().store(session.userId(), List.of(plain), Duration.ofSeconds(10));
        var vectors = fixture.store().messageVectors();
        vectors.store(session.userId(), "model@1", Map.of(vectors.missing(session.userId(), "model@1",
                List.of(plain.messages().getFirst().id())).getFirst(), new float[]{1, 0}));
        fixture.database().inTransaction("make a stand-in for pgvector", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DOMAIN vector AS real[]");
                statement.execute("CREATE FUNCTION distance(real[], real[]) RETURNS float8 LANGUAGE sql IMMUTABLE "
                        + "RETURN (SELECT 1 - sum(a::float8 * b::float8) FROM unnest($1, $2) AS v(a, b))");
                statement.execute("CREATE OPERATOR <=> (FUNCTION = distance, LEFTARG = real[], RIGHTARG = real[])");
            }
            return true;
        });
        Migrations.applySearch(fixture.database().target());
    }

    /// Returns the number of rows by table.
    private static Map<String, Long> rows(EngineFixture fixture, List<String> tables) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables) {
            counts.put(table, fixture.count("SELECT count(*) FROM " + table));
        }
        return counts;
    }

    private static List<String> tables(EngineFixture fixture) throws SQLException {
        try (Connection connection = fixture.connect()) {
            return Statements.query(connection, row -> row.getString(1), "SELECT tablename FROM pg_tables "
                    + "WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'");
        }
    }

    private static Set<String> explainAll(EngineFixture fixture) throws SQLException {
        prepare(fixture);
        Map<String, Long> before = rows(fixture, tables(fixture));
        Set<String> explained = new HashSet<>();
        StatementPlans plans = plans(fixture);
        for (StatementPlans.Call call : plans.calls()) {
            ExplainedCall found = explain(plans, call);
            assertTrue(!found.statements().isEmpty(), call.name());
            found.statements().stream().map(StatementPlan::text).map(StatementTexts::normal).forEach(explained::add);
        }
        assertEquals(before, rows(fixture, tables(fixture)), "what was written is rolled back");
        return explained;
    }

    private static ExplainedCall explain(StatementPlans plans, StatementPlans.Call call) {
        try {
            return plans.explain(call.name(), Optional.of("alice"));
        } catch (EngineException e) {
            throw new AssertionError(call.name() + ": " + e.getMessage() + " " + e.detail(), e);
        }
    }

    @Test
    void everyStatementIsExplainedAndLeavesNothingBehind() throws SQLException, IOException {
        Set<String> explained = new HashSet<>();
        List<String> tables;
        try (EngineFixture together = EngineFixture.start(LAYERS);
                EngineFixture separate = EngineFixture.start(with("queries.consolidated=false"));
                EngineFixture distributed = CitusStandIn.start(LAYERS)) {
            tables = tables(together);
            for (EngineFixture fixture : List.of(together, separate, distributed)) {
                explained.addAll(explainAll(fixture));
            }
        }

        Set<String> texts = StatementTexts.of(tables, ELSEWHERE);
        assertTrue(texts.size() > 50, texts.size() + " texts");
        assertEquals("", texts.stream().filter(text -> !StatementTexts.isPartOf(text, explained))
                .collect(Collectors.joining("\n\n")));
    }

    @Test
    void aSearchInADatabaseWithoutPgvectorIsASentence() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(LAYERS)) {
            fixture.engine().addBatch(fixture.newSession("alice"), EngineFixture.messages("One"));
            StatementPlans plans = plans(fixture);

            for (String call : List.of("search-by-meaning", "search-by-words")) {
                EngineException refused = assertThrows(EngineException.class,
                        () -> plans.explain(call, Optional.of("alice")));
                assertEquals("This database is not prepared for searches inside PostgreSQL: set retrieval.backend to "
                        + "postgres and ask a query once, then explain it again.", refused.getMessage());
            }
        }
    }
}
