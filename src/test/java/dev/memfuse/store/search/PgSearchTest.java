package dev.memfuse.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.engine.spi.SearchStore.Candidate;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.postgres.probe.PostgresProbe;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.search.SearchRows.Row;
import dev.memfuse.store.sql.ProtocolLog;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranking inside a PostgreSQL server with pgvector.
@Tag("pgvector")
class PgSearchTest {
    private static final float[] EAST = {1, 0};
    private static PgvectorServer server;
    private static EngineFixture fixture;
    private static SearchRows rows;
    private static PgSearch search;
    private static SessionKey early;

    @BeforeAll
    static void start() throws IOException {
        server = PgvectorServer.start();
        fixture = EngineFixture.on(server);
        // Its extraction would claim the work items with which the tests store facts.
        fixture.engine().close();
        rows = new SearchRows(fixture);
        early = newSession("early");
        rows.store(early, Row.of("Stored before the database was prepared", 1, 0));
        search = new PgSearch(fixture.database());
        assertEquals(Optional.empty(), search.problem());
    }

    @AfterAll
    static void stop() {
        fixture.close();
        server.close();
    }

    private static SessionKey newSession(String name) {
        UUID user = fixture.engine().createUser(name).id();
        UUID agent = fixture.engine().createAgent(user, "agent").id();
        return fixture.engine().createSession(user, agent, null).key();
    }

    private static List<String> contents(List<Candidate> found) {
        return found.stream().map(Candidate::content).toList();
    }

    private static QueryFilter only(MemoryLayer layer) {
        return with(layer, Set.of(), Set.of());
    }

    private static QueryFilter with(MemoryLayer layer, Set<UUID> sessions, Set<UUID> agents) {
        return new QueryFilter(sessions, agents, Optional.empty(), Optional.empty(), Set.of(layer));
    }

    private static List<String> dense(SessionKey session, QueryFilter filter, int limit) {
        return contents(search.dense(session.userId(), filter, SearchRows.MODEL, EAST, limit));
    }

    private static List<String> lexical(SessionKey session, QueryFilter filter, String text, int limit) {
        return contents(search.lexical(session.userId(), filter, text, limit));
    }

    @ParameterizedTest
    @EnumSource
    void ranksEveryLayerByVector(MemoryLayer layer) {
        SessionKey session = newSession("meaning " + layer);
        rows.store(session, Row.of("away", -1, 0), Row.of("nearest", 1, 0), Row.of("near", 0.8f, 0.6f));

        List<Candidate> found = search.dense(session.userId(), only(layer), SearchRows.MODEL, EAST, 2);

        assertEquals(List.of("nearest", "near"), contents(found));
        assertEquals(1, found.get(0).score(), 1e-6);
        assertEquals(0.8, found.get(1).score(), 1e-6);
        assertEquals(List.of(2L, 3L), found.stream().map(Candidate::sequence).toList());
        assertEquals(session, found.getFirst().session());
        assertEquals(layer, found.getFirst().layer());
        assertEquals("nearest",
                fixture.store().messages().read(session.userId(), found.getFirst().messageIds()).getFirst()
                        .content());
    }

    private Unembedded text(SessionKey session, UUID id) {
        return new Unembedded(id, fixture.store().messages().read(session.userId(), List.of(id)).getFirst().content(),
                "");
    }

    /// Without M1 a message has a vector of its own.
    @Test
    void ranksAMessageByItsOwnVectorToo() {
        SessionKey session = newSession("own vectors");
        List<UUID> ids = rows.store(session, Row.of("away", -1, 0), Row.of("near", 0.8f, 0.6f), Row.of("other", -1, 0));

        fixture.store().messageVectors().store(session.userId(), SearchRows.MODEL,
                Map.of(text(session, ids.getLast()), EAST));
        fixture.store().messageVectors().store(session.userId(), "another model",
                Map.of(text(session, ids.getFirst()), EAST));

        assertEquals(List.of("other", "near"), dense(session, only(MemoryLayer.M0), 2));
    }

    @ParameterizedTest
    @EnumSource
    void ranksEveryLayerByAnyMatchingWord(MemoryLayer layer) {
        SessionKey session = newSession("words " + layer);
        rows.store(session, Row.of("We walked along the river", 1, 0), Row.of("She walks a lot", 1, 0),
                Row.of("Walking to the lighthouse", 1, 0), Row.of("Tea without milk", 1, 0));

        // The rare word outweighs the frequent one; words match by their stems.
        List<Candidate> found = search.lexical(session.userId(), only(layer), "lighthouses, walked?", 10);

        assertEquals("Walking to the lighthouse", found.getFirst().content());
        assertEquals(3, found.size());
        assertTrue(found.stream().allMatch(candidate -> candidate.score() > 0), found.toString());
    }

    /// By hand: two rows of two words, one holds the word once: ln(1 + 1.5 / 1.5) twice, * 1 * 1.9 / (1 + 0.9).
    @Test
    void scoresWordsAsBm25Does() {
        SessionKey session = newSession("bm25");
        rows.store(session, Row.of("red apple", 1, 0), Row.of("green pear", 1, 0));

        List<Candidate> found = search.lexical(session.userId(), QueryFilter.NONE, "apples", 10);

        assertEquals(1, found.size());
        assertEquals(Math.log(2) * Math.log(2), found.getFirst().score(), 1e-9);
    }

    @Test
    void aMessageIsAsNearAsItsNearestChunk() {
        SessionKey session = newSession("best chunk");
        List<UUID> ids = rows.storeTogether(session, List.of("first", "second"), new float[]{0, 1},
                new float[]{0.6f, 0.8f});

        List<Candidate> found = search.dense(session.userId(), QueryFilter.NONE, SearchRows.MODEL, EAST, 10);

        assertEquals(Set.copyOf(ids), Set.copyOf(found.stream().map(Candidate::id).toList()));
        assertEquals(2, found.size());
        assertTrue(found.stream().allMatch(candidate -> Math.abs(candidate.score() - 0.6) < 1e-6), found.toString());
    }

    @Test
    void limitsTheHitsOfEachLayer() {
        SessionKey session = newSession("layers");
        rows.store(session, Row.of("one apple", 1, 0), Row.of("two apples", 0, 1), Row.of("more apples", -1, 0));
        var all = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
                EnumSet.allOf(MemoryLayer.class));

        for (List<Candidate> found : List.of(search.dense(session.userId(), all, SearchRows.MODEL, EAST, 2),
                search.lexical(session.userId(), all, "apples", 2))) {
            assertEquals(6, found.size());
            for (MemoryLayer layer : MemoryLayer.values()) {
                assertEquals(2, found.stream().filter(candidate -> candidate.layer() == layer).count());
            }
            assertEquals(found.stream().sorted(Comparator.comparingDouble(Candidate::score).reversed())
                    .map(Candidate::score).toList(), found.stream().map(Candidate::score).toList());
        }
    }

    /// An approximate index shared by all users would return neighbours of the other user.
    @ParameterizedTest
    @EnumSource
    void aSmallUserGetsItsExactNearestDespiteALargeOne(MemoryLayer layer) {
        var random = new Random(7);
        SessionKey big = newSession("big " + layer);
        for (int i = 0; i < 20; i++) {
            rows.store(big, random.doubles(100, -0.05, 0.05).mapToObj(y -> Row.of("of the big", 1, (float) y))
                    .toList());
        }
        SessionKey small = newSession("small " + layer);
        List<Row> ofSmall = random.doubles(30, 0, Math.PI).mapToObj(angle -> Row.of("own " + angle,
                (float) Math.cos(angle), (float) Math.sin(angle))).toList();
        rows.store(small, ofSmall);

        List<String> nearest = ofSmall.stream().sorted(Comparator.comparingDouble(row -> -row.vector()[0])).limit(10)
                .map(Row::content).toList();
        assertEquals(nearest, dense(small, only(layer), 10));
    }

    @Test
    void neverComparesVectorsOfAnotherModel() {
        SessionKey session = newSession("models");
        rows.store(session, Row.of("other", 1, 0, 0).by("other-model@1"), Row.of("same", 0, 1));

        for (MemoryLayer layer : MemoryLayer.values()) {
            assertEquals(List.of("same"), dense(session, only(layer), 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void restrictsSessionsAndAgentsBeforeTheLimit(MemoryLayer layer) {
        SessionKey first = newSession("restricted " + layer);
        Agent agent = fixture.engine().createAgent(first.userId(), "second agent");
        SessionKey second = fixture.engine().createSession(first.userId(), agent.id(), null).key();
        rows.store(first, Row.of("best apple", 1, 0), Row.of("second best apple", 0.9f, 0.1f));
        rows.store(second, Row.of("the matching but distant apple", -1, 0));
        List<String> matching = List.of("the matching but distant apple");

        assertEquals(matching, dense(first, with(layer, Set.of(second.sessionId()), Set.of()), 1));
        assertEquals(matching, dense(first, with(layer, Set.of(), Set.of(agent.id())), 1));
        assertEquals(matching, lexical(first, with(layer, Set.of(second.sessionId()), Set.of()), "apple", 1));
        assertEquals(matching, lexical(first, with(layer, Set.of(), Set.of(agent.id())), "apple", 1));
        assertEquals(List.of(), dense(first, with(layer, Set.of(first.sessionId()), Set.of(agent.id())), 1));
    }

    @ParameterizedTest
    @EnumSource
    void restrictsTheTimeBeforeTheLimit(MemoryLayer layer) {
        SessionKey session = newSession("times " + layer);
        rows.store(session, Row.of("apple of May", 1, 0).at("2026-05-31T23:59:59.999999Z"),
                Row.of("apple of June", -1, 0).at("2026-06-01T00:00:00Z"),
                Row.of("apple of July", 1, 0).at("2026-07-01T00:00:00Z"));
        var june = new QueryFilter(Set.of(), Set.of(), Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-07-01T00:00:00Z")), Set.of(layer));

        assertEquals(List.of("apple of June"), dense(session, june, 1));
        assertEquals(List.of("apple of June"), lexical(session, june, "apple", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "the of and", "'", "''; DROP TABLE messages; --", "a & b | !c <-> (d", "\\", ":*",
            "c:\\temp\\x.txt", "http://example.org/a'b?c=\\d", "💡", "%_", "\0"})
    void acceptsAnyTextAsQuery(String text) {
        SessionKey session = newSession("any text " + UUID.randomUUID());
        rows.store(session, Row.of("nothing of the kind", 1, 0));

        assertEquals(List.of(), lexical(session, QueryFilter.NONE, text, 10));
    }

    @Test
    void findsWordsWithQuotesAndBackslashes() {
        SessionKey session = newSession("quotes");
        rows.store(session, Row.of("See http://example.org/a'b?c=\\d", 1, 0), Row.of("Look in /tmp/o'neil", 1, 0));

        assertEquals(1, lexical(session, QueryFilter.NONE, "http://example.org/a'b?c=\\d", 10).size());
        assertEquals(1, lexical(session, QueryFilter.NONE, "/tmp/o'neil", 10).size());
    }

    @Test
    void storesALongTextThatATsvectorCouldNotHold() {
        SessionKey session = newSession("long");
        StringBuilder text = new StringBuilder("lighthouse ");
        for (int i = 0; text.length() < 3_000_000; i++) {
            text.append("word").append(i).append(' ');
        }
        rows.store(session, Row.of(text.toString(), 1, 0));

        assertEquals(1, lexical(session, QueryFilter.NONE, "lighthouse", 10).size());
    }

    @Test
    void findsRowsStoredBeforeThePreparation() {
        for (MemoryLayer layer : MemoryLayer.values()) {
            assertEquals(List.of("Stored before the database was prepared"),
                    lexical(early, only(layer), "databases", 10));
            assertEquals(List.of("Stored before the database was prepared"), dense(early, only(layer), 10));
        }
    }

    @Test
    void theConnectionTestNamesTheVersionOfPgvector() {
        var probe = new PostgresProbe(() -> Optional.of(fixture.database().target()),
                Credentials::fromEnvironment);

        String version = probe.test("").properties().stream().filter(fact -> fact.name().equals("Extension vector"))
                .findFirst().orElseThrow().value();

        assertTrue(version.matches("installed \\(0\\.\\d+\\.\\d+\\)"), version);
    }

    @Test
    void anotherProgramFindsTheDatabasePrepared() {
        assertEquals(Optional.empty(), new PgSearch(fixture.database()).problem());
    }

    @Test
    void runsOneStatementForAllLayers() {
        var all = new QueryFilter(Set.of(UUID.randomUUID()), Set.of(UUID.randomUUID()), Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH), EnumSet.allOf(MemoryLayer.class));

        assertEquals(1, ProtocolLog.statementsDuring(
                () -> search.dense(early.userId(), all, SearchRows.MODEL, EAST, 5)));
        assertEquals(1, ProtocolLog.statementsDuring(() -> search.lexical(early.userId(), all, "apple", 5)));
    }

    /// A distributed database plans each inner query separately, so each one must restrict the user.
    @Test
    void restrictsTheUserForEveryTable() {
        var all = new QueryFilter(Set.of(UUID.randomUUID()), Set.of(UUID.randomUUID()), Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH), EnumSet.allOf(MemoryLayer.class));
        Set<String> texts = ProtocolLog.textsDuring(() -> {
            search.dense(early.userId(), all, SearchRows.MODEL, EAST, 5);
            search.lexical(early.userId(), all, "apple", 5);
        });

        assertEquals(2, texts.size());
        for (String text : texts) {
            long tables = Pattern
                    .compile("(FROM|JOIN) (messages|message_vectors|m1_episodic|m2_semantic|sessions)\\b")
                    .matcher(text).results().count();
            assertTrue(tables > 10, text);
            assertEquals(tables, Pattern.compile("user_id = \\$").matcher(text).results().count(), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOnlyRowsOfTheUser(MemoryLayer layer) throws SQLException {
        SessionKey big = newSession("many rows " + layer);
        for (int i = 0; i < 10; i++) {
            rows.store(big, Collections.nCopies(100, Row.of("of another", 1, 0)));
        }
        try (Connection connection = fixture.connect()) {
            Statements.update(connection, "ANALYZE messages, m1_episodic, m2_semantic");
            var filter = new FilterSql(connection, early.userId(), only(layer));
            SqlText dense = new SqlText().add("EXPLAIN ");
            new DenseSql(filter, SearchRows.MODEL, EAST, 5).layer(dense, layer);
            SqlText lexical = new SqlText().add("EXPLAIN ");
            LexicalSql.terms(lexical, "apple");
            new LexicalSql(filter, 5).layer(lexical, layer);

            for (String plan : List.of(plan(connection, dense), plan(connection, lexical))) {
                assertFalse(plan.contains("Seq Scan"), plan);
                assertTrue(plan.contains("Index"), plan);
            }
        }
    }

    private static String plan(Connection connection, SqlText sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (var statement = sql.bind(connection); ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return String.join("\n", lines);
    }
}
