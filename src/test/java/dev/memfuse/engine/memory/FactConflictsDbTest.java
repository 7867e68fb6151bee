package dev.memfuse.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Facts that contradict each other while nothing says which of them holds.
@Tag("db")
class FactConflictsDbTest {
    private static final Instant MORNING = Instant.parse("2024-05-15T08:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PORTO = "Anna lives in Porto.";
    private static final String DUBLIN = "Anna lives in Dublin.";

    private static EngineFixture fixture;
    private SessionKey session;
    private int day;

    @BeforeAll
    static void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void newUser() {
        session = fixture.newSession("user " + UUID.randomUUID());
    }

    /// Adds a round a day later than the one before.
    private AddResult add(String... contents) {
        Instant at = MORNING.plus(Duration.ofDays(day++));
        AddResult added = fixture.engine().addBatch(session, Arrays.stream(contents)
                .map(content -> new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), Role.USER, content, at))
                .toList());
        assertTrue(fixture.engine().awaitExtraction(LIMIT));
        return added;
    }

    private static Fact fact(UUID userId, FactQuery query, String content) {
        return fixture.engine().facts(userId, query).stream().filter(fact -> fact.content().equals(content)).findFirst()
                .orElseThrow();
    }

    private Fact current(String content) {
        return fact(session.userId(), FactQuery.current(100), content);
    }

    private Fact history(String content) {
        return fact(session.userId(), FactQuery.history(100), content);
    }

    private List<Hit> hits(MemoryLayer layer) {
        QueryFilter filter = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
                EnumSet.of(layer));
        return fixture.engine().query(session.userId(), QueryRequest.of("Where does Anna live?", 10).within(filter))
                .hits();
    }

    private void assertMarked(String one, String other) {
        assertEquals(List.of(current(other).id()), current(one).conflictsWith());
        assertEquals(List.of(current(one).id()), current(other).conflictsWith());
        assertEquals(List.of(history(other).id()), history(one).conflictsWith());
    }

    @Test
    void bothFactsAreMarkedInFactsHistoryAndHits() {
        add(PORTO);
        add(DUBLIN, "I love hiking.");

        assertMarked(PORTO, DUBLIN);
        assertEquals(List.of(), current("I love hiking.").conflictsWith());
        for (Hit hit : hits(MemoryLayer.M2)) {
            assertEquals(current(hit.content()).conflictsWith(), hit.conflictsWith(), hit.content());
        }
        assertEquals(2, hits(MemoryLayer.M2).stream().filter(hit -> !hit.conflictsWith().isEmpty()).count());
        assertTrue(hits(MemoryLayer.M0).stream().allMatch(hit -> hit.conflictsWith().isEmpty()));
    }

    @Test
    void twoFactsOfOneRoundAreMarked() {
        add(PORTO, DUBLIN);

        assertMarked(PORTO, DUBLIN);
    }

    @Test
    void aRepetitionChangesNoMark() {
        add(PORTO);
        add(DUBLIN);
        add(PORTO, DUBLIN);

        assertMarked(PORTO, DUBLIN);
    }

    @Test
    void aReplacementSettlesAConflictUntilItIsErased() {
        add(PORTO);
        add(DUBLIN);
        AddResult moved = add("Anna moved to Madrid.");

        assertEquals(List.of("Anna moved to Madrid."),
                fixture.engine().facts(session.userId(), FactQuery.current(100)).stream().map(Fact::content).toList());
        assertEquals(List.of(), current("Anna moved to Madrid.").conflictsWith());
        assertEquals(List.of(history(DUBLIN).id()), history(PORTO).conflictsWith());
        assertEquals(List.of(), hits(MemoryLayer.M2).getFirst().conflictsWith());

        fixture.engine().deleteMessages(session, moved.messageIds());
        assertTrue(fixture.engine().awaitExtraction(LIMIT));

        assertMarked(PORTO, DUBLIN);
    }

    @Test
    void anErasedFactLeavesNoMark() throws SQLException {
        add(PORTO);
        AddResult erased = add(DUBLIN);

        fixture.engine().deleteMessages(session, erased.messageIds());
        assertTrue(fixture.engine().awaitExtraction(LIMIT));

        assertEquals(List.of(), current(PORTO).conflictsWith());
        assertEquals(List.of(), history(PORTO).conflictsWith());
        assertEquals(0, fixture.count("SELECT count(*) FROM m2_semantic WHERE user_id = ? "
                + "AND conflicts_with IS NOT NULL", session.userId()));
    }

    @Test
    void anErasedSessionLeavesNoMark() {
        add(PORTO);
        SessionKey kept = session;
        session = fixture.anotherSession(kept);
        add(DUBLIN);
        fixture.engine().deleteSession(session);
        session = kept;
        assertTrue(fixture.engine().awaitExtraction(LIMIT));

        assertEquals(List.of(), history(PORTO).conflictsWith());
    }

    @Test
    void anExportKeepsTheMarks(@TempDir Path folder) {
        add(PORTO);
        add(DUBLIN);
        Path file = folder.resolve("user.jsonl");

        new UserExport(fixture.engine()).write(session.userId(), file, _ -> {});
        User copy = new UserImport(fixture.engine()).read(file, "copy", _ -> {}).user();

        for (FactQuery query : List.of(FactQuery.current(100), FactQuery.history(100))) {
            assertEquals(List.of(fact(copy.id(), query, DUBLIN).id()), fact(copy.id(), query, PORTO).conflictsWith());
        }
    }

    /// A fact that was stored before conflicts were marked.
    @Test
    void anOldFactHasNoMarkAndCanGetOne() throws SQLException {
        add(PORTO);
        try (Connection connection = fixture.connect()) {
            assertEquals(1, Statements.update(connection, "UPDATE m2_semantic SET conflicts_with = NULL "
                    + "WHERE user_id = ?", session.userId()));
        }
        fixture.restart();
        assertEquals(List.of(), current(PORTO).conflictsWith());

        add(DUBLIN);

        assertMarked(PORTO, DUBLIN);
    }
}
