package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryCommandTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... arguments) {
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(out), new PrintWriter(err), false),
                arguments);
    }

    private static QueryResult.Hit hit(double score, Role role, MemoryLayer layer, String text) {
        UUID id = UUID.randomUUID();
        SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
        Message message = new Message(id, session, UUID.randomUUID(), 1, role, text,
                Instant.parse("2026-11-26T10:15:30.5Z"), Optional.empty(), Message.Origin.DATABASE);
        return new QueryResult.Hit(layer, id, text, message, List.of(id), List.of(), score, List.of());
    }

    @Test
    void printsHitsAndWhatLimitsThem() {
        services.memory.createUser("alice");
        services.memory.answer = new QueryResult(List.of(hit(0.91249, Role.USER, MemoryLayer.M0, "I moved to Kyiv."),
                hit(0.5, Role.ASSISTANT, MemoryLayer.M2, "two\nlines \u001b[31m \u202e")), 1_204, 120, 1, false, false);

        assertEquals(0, run("query", "alice", "where?", "--max-tokens", "2000"), err::toString);

        assertEquals(List.of("score  time (UTC)           role       layer  text",
                "0.912  2026-11-26 10:15:30  user       M0     I moved to Kyiv.",
                "0.500  2026-11-26 10:15:30  assistant  M2     two\\nlines \\u001b[31m \\u202e", "",
                "2 hits among 1,204 ranked entries.",
                "120 of them were ranked by words alone: no vector yet, or one that the database did not find near the "
                        + "question.",
                "1 hit was left out by max_tokens (2,000)."), out.toString().lines().toList());
        assertEquals(List.of("closed"), services.events);
    }

    @Test
    void saysNothingOfLimitsThatDidNotApply() {
        services.memory.createUser("alice");

        assertEquals(0, run("query", "alice", "where?"), err::toString);

        assertEquals("No hit among 0 ranked entries.", out.toString().strip());
        assertEquals(QueryFilter.NONE, services.memory.requests.getFirst().filter());
        assertEquals(0, services.memory.requests.getFirst().topK());
    }

    @Test
    void passesEveryRestriction() {
        User user = services.memory.createUser("alice");
        Agent agent = services.memory.createAgent(user.id(), "helper");
        Session session = services.memory.createSession(user.id(), agent.id(), "caf\u00e9");

        assertEquals(0, run("query", "alice", "where?", "--session", " cafe\u0301 ", "--from", "2026-11-01",
                "--until", "2026-11-26T10:15+01:00", "--top-k", "7", "--layer", "m1,m2"), err::toString);
        assertEquals(0, run("query", "alice", "where?", "--session", session.key().sessionId().toString()),
                err::toString);

        assertEquals(
                new QueryFilter(Set.of(session.key().sessionId()), Set.of(),
                        Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-11-26T09:15:00Z")), Set.of(MemoryLayer.M1, MemoryLayer.M2)),
                services.memory.requests.getFirst().filter());
        assertEquals(7, services.memory.requests.getFirst().topK());
        assertEquals(Set.of(session.key().sessionId()), services.memory.requests.getLast().filter().sessions());
    }

    @Test
    void writesTheResultAsJson(@TempDir Path folder) throws IOException {
        services.memory.createUser("alice");
        services.memory.answer = new QueryResult(List.of(hit(0.5, Role.TOOL, MemoryLayer.M1, "text")), 3, 2, 1, false,
                false);
        Path file = folder.resolve("query.json");

        assertEquals(0, run("query", "alice", "where?", "--json", file.toString()), err::toString);

        String json = Files.readString(file);
        for (String part : List.of("\"score\" : 0.5", "\"time\" : \"2026-11-26T10:15:30.500Z\"", "\"role\" : \"tool\"",
                "\"layer\" : \"m1\"", "\"text\" : \"text\"", "\"by_words_alone\" : 2", "\"left_out\" : 1",
                "\"searched\" : 3", "\"degraded\" : false")) {
            assertTrue(json.contains(part), () -> part + " in " + json);
        }
    }

    @Test
    void explainsHitsWhatWasLeftOutAndOneMessage(@TempDir Path folder) throws IOException {
        services.memory.createUser("alice");
        QueryResult.Hit first = shared(0.9, "I moved to Kyiv.", 0.5, 0.4);
        QueryResult.Hit second = shared(0.3, "I like tea.", 0.1, 0.2);
        services.memory.inspection.stored.add(second.message());
        services.memory.inspection.answers = (request, rules) -> new QueryResult(
                rules.denseWeight() == 0
                        ? List.of(second)
                        : request.topK() > 1 ? List.of(first, second) : List.of(first),
                12, 0, 0, false, false);
        Path file = folder.resolve("query.json");

        assertEquals(0, run("query", "alice", "where?", "--top-k", "1", "--layer", "m0,m1,m2", "--explain", "--why-not",
                second.id().toString(), "--json", file.toString()), err::toString);

        List<String> lines = out.toString().lines().toList();
        for (String line : List.of("hit  score   bm25  dense", "  1  0.900  0.500  0.400",
                "left out  rank  score  why                           text",
                "rank      2     0.300  Ranked 2; the query takes 1.  I like tea.",
                "Words alone         1 other hit, 1 missing, 0 with another rank.",
                "Message " + second.id() + ": It is ranked 2 of 12 with a score of 0.300; the query takes 1, the last "
                        + "with 0.900.")) {
            assertTrue(lines.contains(line), () -> line + " in " + out);
        }
        String json = Files.readString(file);
        for (String part : List.of("\"bm25\" : 0.5", "\"reason\" : \"rank\"", "\"label\" : \"Words alone\"",
                "\"retrieval.dense_weight\" : \"0.0\"", "\"outcome\" : \"rank\"", "\"last_hit_has_more\"",
                "\"user\" : \"alice\"")) {
            assertTrue(json.contains(part), () -> part + " in " + json);
        }
    }

    private static QueryResult.Hit shared(double score, String text, double words, double vectors) {
        QueryResult.Hit hit = hit(score, Role.USER, MemoryLayer.M0, text);
        return new QueryResult.Hit(hit.layer(), hit.id(), text, hit.message(), hit.sources(), List.of(), score,
                List.of(new QueryResult.Share(QueryResult.Signal.BM25, 7, words * 2, 0.5, words),
                        new QueryResult.Share(QueryResult.Signal.DENSE, 0.8, vectors * 2, 0.5, vectors)));
    }

    @Test
    void aResultWithoutTheDatabaseIsAFailure() {
        services.memory.createUser("alice");
        services.memory.answer = QueryResult.UNAVAILABLE;

        assertEquals(1, run("query", "alice", "where?"));

        assertTrue(out.toString().contains("The database did not answer: hits may be missing."), out.toString());
    }

    @Test
    void unknownUsersAndSessionsAreNamed() {
        services.memory.createUser("alice");

        assertEquals(1, run("query", "bob", "where?"));
        assertEquals(1, run("query", "alice", "where?", "--session", "x"));

        assertEquals(List.of("There is no user named bob.", "The user alice has no session x."),
                err.toString().lines().toList());
    }

    @ParameterizedTest
    @CsvSource({"--top-k,0", "--top-k,1001", "--top-k,-1", "--top-k,many", "--max-tokens,0", "--max-tokens,-5",
            "--from,yesterday", "--from,2026-02-30", "--until,2026-11-26T25:00", "--layer,m3", "--json,''",
            "--session,''", "--from,''"})
    void wrongValuesAreRefusedBeforeTheStart(String option, String value) {
        assertEquals(2, run("query", "alice", "where?", option, value));

        assertTrue(err.toString().contains(option) || err.toString().contains("topK"), err.toString());
        assertFalse(err.toString().contains("java."), err.toString());
        assertEquals(List.of(), services.events);
    }

    @Test
    void wrongTextsAndSpansAreRefusedBeforeTheStart() {
        assertEquals(2, run("query", "alice"));
        assertEquals(2, run("query", "alice", " "));
        assertEquals(2, run("query", "alice", "a\u0000b"));
        assertEquals(2, run("query", "alice", "a", "--from", "2026-11-02", "--until", "2026-11-02"));

        assertTrue(err.toString().contains(
                "--from 2026-11-02T00:00:00Z is not before --until 2026-11-02T00:00:00Z."), err.toString());
        assertEquals(List.of(), services.events);
    }
}
