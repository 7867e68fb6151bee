package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.file.ByteSearch;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.search.TextSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Facts by hand are found at once, survive extraction and deletions of messages, and leave every place when they are
/// changed or deleted.
@Tag("db")
class KnowledgeDbTest {
    private static final String OLD = "Quorvexil";
    private static final String NEW = "Brintalor";

    private TestServer.TestDatabase database;
    private EngineFixture fixture;
    private SessionKey session;
    private UUID user;

    @BeforeEach
    void start() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
        fixture = EngineFixture.on(database, TestFolders.create(), "buffer.bypass_mode=true",
                "layers.m2.enabled=true").withShortDiskIntervals();
        session = fixture.newSession("alice");
        user = session.userId();
    }

    @AfterEach
    void stop() throws SQLException {
        fixture.close();
        TestServer.drop(database);
    }

    private Knowledge knowledge() {
        return fixture.engine().knowledge();
    }

    private Fact add(String content) {
        return knowledge().add(user, List.of(content)).getFirst();
    }

    private List<Fact> listed() {
        return fixture.engine().facts(user, FactQuery.current(100));
    }

    private static List<String> found(EngineFixture in, UUID owner, String word) {
        return in.engine().query(owner, QueryRequest.of(word, 20)
                .within(QueryFilter.NONE.only(MemoryLayer.M0, MemoryLayer.M2))).hits().stream()
                .map(QueryResult.Hit::content).filter(text -> text.contains(word)).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddedFactIsFoundAtOnce(boolean indexOpen) {
        if (indexOpen) {
            assertEquals(List.of(), found(fixture, user, OLD));
        }

        Fact fact = add("The depot is in " + OLD);

        assertTrue(fact.isByHand());
        assertEquals(List.of(fact.id()), listed().stream().map(Fact::id).toList());
        assertEquals(List.of(fact.id()), knowledge().read(user, List.of(UUID.randomUUID(), fact.id())).stream()
                .map(Fact::id).toList());
        QueryResult.Hit hit = fixture.engine().query(user, QueryRequest.of("Where is the depot?", 5)
                .within(QueryFilter.NONE.only(MemoryLayer.M2))).hits().getFirst();
        assertEquals(List.of("The depot is in " + OLD, fact.id(), List.of(fact.id()), Fact.NO_ID),
                List.of(hit.content(), hit.id(), hit.sources(), hit.message().session().sessionId()));
    }

    /// By the index, and after a restart that reads it from the disk.
    @Test
    void aChangedFactIsFoundWithItsNewContentAlone() throws SQLException {
        Fact fact = add("The depot is in " + OLD);
        add("The garage is closed");
        assertFalse(found(fixture, user, OLD).isEmpty());
        await("the index is on the disk", () -> !ByteSearch.find(fixture.folder(), OLD).isEmpty());

        Fact changed = knowledge().update(user, List.of(new Knowledge.Change(fact.id(), "The depot is in " + NEW)))
                .getFirst();

        assertEquals(fact.id(), changed.id());
        assertTrue(changed.time().observedAt().isAfter(changed.time().validFrom()));
        assertEquals(List.of(), found(fixture, user, OLD));
        assertEquals(List.of("The depot is in " + NEW), found(fixture, user, NEW));
        assertEquals(Map.of(), TextSearch.count(fixture, OLD.toLowerCase(Locale.ROOT)));
        await("no file has the text", () -> ByteSearch.find(fixture.folder(), OLD).isEmpty());
        fixture.restart();
        assertEquals(List.of("The depot is in " + NEW), found(fixture, user, NEW));
        assertEquals(Set.of("The depot is in " + NEW, "The garage is closed"),
                Set.copyOf(listed().stream().map(Fact::content).toList()));
    }

    @Test
    void aDeletedFactIsInNoPlace() throws SQLException {
        Fact fact = add("The depot is in " + OLD);
        assertFalse(found(fixture, user, OLD).isEmpty());
        await("the index is on the disk", () -> !ByteSearch.find(fixture.folder(), OLD).isEmpty());

        assertEquals(List.of(fact.id()), knowledge().delete(user, List.of(UUID.randomUUID(), fact.id())));

        assertEquals(List.of(), found(fixture, user, OLD));
        assertEquals(List.of(), listed());
        assertEquals(Map.of(), TextSearch.count(fixture, OLD.toLowerCase(Locale.ROOT)));
        await("no file has the text", () -> ByteSearch.find(fixture.folder(), OLD).isEmpty());
        assertEquals(List.of(), knowledge().delete(user, List.of(fact.id())));
    }

    @Test
    void anIndexOfAnotherEngineSeesChangesAndDeletions() {
        Fact changed = add("The depot is in " + OLD);
        Fact deleted = add("The garage is in " + OLD);
        try (EngineFixture other = EngineFixture.on(database, TestFolders.create(),
                "buffer.query.cache_size=100")) {
            assertEquals(2, found(other, user, OLD).size());

            knowledge().update(user, List.of(new Knowledge.Change(changed.id(), "The depot is in " + NEW)));
            knowledge().delete(user, List.of(deleted.id()));

            assertEquals(List.of(), found(other, user, OLD));
            assertEquals(List.of("The depot is in " + NEW), found(other, user, NEW));
        }
    }

    /// Messages that state it become sources, and their deletion leaves it.
    @Test
    void aFactByHandSurvivesMessagesThatStateIt() {
        Fact fact = add("I live in Zanzibar");
        List<UUID> ids = fixture.engine().addBatch(session, messages("I live in Zanzibar.")).messageIds();
        awaitExtraction();

        fixture.engine().deleteMessages(session, ids);
        fixture.engine().deleteSession(session);
        awaitExtraction();

        assertEquals(List.of(fact.id()), listed().stream().map(Fact::id).toList());
        assertEquals(List.of("I live in Zanzibar"), found(fixture, user, "Zanzibar"));
    }

    private void awaitExtraction() {
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        assertEquals(0, fixture.engine().extractionStatus().of(DerivedLayer.M2).dead());
    }

    @Test
    void aFactFromMessagesBecomesOneByHandWhenItIsChanged() {
        fixture.engine().addBatch(session, messages("I live in Zanzibar."));
        awaitExtraction();
        Fact extracted = listed().getFirst();

        knowledge().update(user, List.of(new Knowledge.Change(extracted.id(), "Lives in " + NEW)));

        assertTrue(listed().getFirst().isByHand());
        assertEquals(List.of("Lives in " + NEW), found(fixture, user, NEW));
        fixture.engine().deleteSession(session);
        assertEquals(List.of("Lives in " + NEW), listed().stream().map(Fact::content).toList());
    }

    @Test
    void anExportAndTheDeletionOfTheUserIncludeIt() throws SQLException {
        Fact fact = add("The depot is in " + OLD);
        List<UserRecord> records = new ArrayList<>();
        fixture.engine().exportUser(user, records::add);

        User copy = fixture.engine().importUser("copy", records::stream);
        fixture.engine().deleteUser(user);

        assertEquals(List.of("The depot is in " + OLD), found(fixture, copy.id(), OLD));
        assertEquals(fact.id(), fixture.engine().facts(copy.id(), FactQuery.current(10)).getFirst().id());
        fixture.engine().deleteUser(copy.id());
        assertEquals(Map.of(), TextSearch.count(fixture, OLD.toLowerCase(Locale.ROOT)));
    }

    @Test
    void valuesThatCannotBeStoredAreRefused() {
        assertThrows(NotFoundException.class, () -> knowledge().add(UUID.randomUUID(), List.of("x")));
        assertThrows(InvalidValueException.class, () -> add(""));
        assertThrows(InvalidValueException.class, () -> add("a\0b"));
        assertThrows(InvalidValueException.class, () -> add("x".repeat(2_000_000)));
        Fact fact = add("kept");
        Knowledge.Change change = new Knowledge.Change(fact.id(), "x");
        assertThrows(InvalidValueException.class,
                () -> knowledge().update(user, Collections.nCopies(2, change)));

        assertEquals(List.of("kept"), listed().stream().map(Fact::content).toList());
    }
}
