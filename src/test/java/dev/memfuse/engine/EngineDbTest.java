package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("db")
class EngineDbTest {
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start();
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static List<String> contents(List<Message> messages) {
        return messages.stream().map(Message::content).toList();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void listsAndReadsMessagesOnEveryPath(boolean bypass, boolean consolidated) {
        fixture.set("buffer.bypass_mode=" + bypass, "queries.consolidated=" + consolidated);

        AddResult first = fixture.engine().addBatch(session, messages("one", "two"));
        fixture.engine().addBatch(session, messages("three"));

        assertEquals(List.of("one", "two", "three"),
                contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
        assertEquals(List.of("three", "two"), contents(fixture.engine().messages(session, 2, Order.NEWEST_FIRST)));
        assertEquals(List.of("two", "one"),
                contents(fixture.engine().read(session.userId(), first.messageIds().reversed())));
    }

    @Test
    void acknowledgesAsCommittedOnlyWithBypass() {
        assertEquals(AddResult.Acknowledgement.COMMITTED,
                fixture.engine().addBatch(session, messages("one")).acknowledgement());
        fixture.set("buffer.bypass_mode=false");
        assertEquals(AddResult.Acknowledgement.JOURNALED,
                fixture.engine().addBatch(session, messages("two")).acknowledgement());
    }

    @Test
    void keepsOneSequenceWithoutGapsAcrossModes() throws Exception {
        for (int i = 0; i < 6; i++) {
            fixture.set("buffer.bypass_mode=" + (i % 2 == 0), "queries.consolidated=" + (i % 3 == 0));
            fixture.engine().addBatch(session, messages("a" + i, "b" + i));
        }
        fixture.engine().flush();

        List<Message> listed = fixture.engine().messages(session, 100, Order.OLDEST_FIRST);

        assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4", "a5", "b5"), contents(listed));
        assertEquals(LongStream.rangeClosed(1, 12).boxed().toList(), listed.stream().map(Message::sequence).toList());
    }

    @Test
    void storesAMessageOnceWhenItIsAddedTwice() throws Exception {
        List<NewMessage> batch = messages("again");

        fixture.engine().addBatch(session, batch);
        fixture.engine().addBatch(session, batch);

        assertEquals(1, fixture.count("SELECT count(*) FROM messages WHERE user_id = ?", session.userId()));
    }

    @Test
    void storesBufferedMessagesAtANormalExit() {
        fixture.set("buffer.bypass_mode=false");
        fixture.engine().addBatch(session, messages("kept"));

        fixture.restart();

        assertEquals(List.of("kept"), contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
    }

    @Test
    void ranksStoredAndBufferedMessagesByVector() {
        fixture.set("layers.m1.enabled=true");
        fixture.engine().addBatch(session, messages("My puppy loves to play fetch in the park.",
                "The quarterly tax report is due on Friday."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        fixture.set("buffer.bypass_mode=false");
        fixture.engine().addBatch(session, messages("We adopted a small kitten from the shelter."));

        QueryResult dogs = fixture.engine().query(session.userId(), "What does the dog enjoy?", 1);
        QueryResult cats = fixture.engine().query(session.userId(), "Do they own a cat?", 1);

        assertEquals("My puppy loves to play fetch in the park.", dogs.hits().getFirst().message().content());
        assertEquals(Message.Origin.DATABASE, dogs.hits().getFirst().message().origin());
        assertEquals("We adopted a small kitten from the shelter.", cats.hits().getFirst().message().content());
        assertEquals(Message.Origin.ROUND_BUFFER, cats.hits().getFirst().message().origin());
    }

    @Test
    void findsAMessageAddedAfterTheSameQueryWasAnswered() {
        fixture.engine().addBatch(session, messages("The sky is blue."));
        assertFalse(fixture.engine().query(session.userId(), "capital of France", 5).cached());
        assertTrue(fixture.engine().query(session.userId(), "capital of France", 5).cached());

        fixture.engine().addBatch(session, messages("Paris is the capital of France."));
        QueryResult after = fixture.engine().query(session.userId(), "capital of France", 5);

        assertFalse(after.cached());
        assertEquals("Paris is the capital of France.", after.hits().getFirst().message().content());
    }

    @Test
    void buildsChunksAndFactsAfterTheAcknowledgement() throws Exception {
        fixture.set("layers.m1.enabled=true", "layers.m2.enabled=true");

        AddResult result = fixture.engine().addBatch(session,
                messages("I moved to Lisbon last year and I love the light there.", "ok"));
        assertEquals(AddResult.LayerStatus.QUEUED, result.m2());
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        assertEquals(2, fixture.count("SELECT count(*) FROM m1_episodic WHERE user_id = ?", session.userId()));
        assertEquals(1,
                fixture.count("SELECT count(*) FROM m2_semantic WHERE user_id = ? AND 'Lisbon' = ANY (entities)",
                        session.userId()));
        assertEquals(0,
                fixture.count("SELECT count(*) FROM rounds WHERE m1_state = 'pending' OR m2_state = 'pending'"));
    }

    @Test
    void splitsALongMessageIntoChunksWithinTheWindow() throws Exception {
        fixture.set("layers.m1.enabled=true");

        fixture.engine().addBatch(session, messages("The history of the lighthouse goes on and on. ".repeat(100)));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        assertTrue(fixture.count("SELECT count(*) FROM m1_episodic WHERE user_id = ?", session.userId()) >= 4);
        assertEquals(0, fixture.count("SELECT count(*) FROM m1_episodic WHERE token_count > 256"));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void deletesAMessageFromBuffersLayersAndQueries(boolean bypass) throws Exception {
        fixture.set("buffer.bypass_mode=" + bypass, "layers.m1.enabled=true", "layers.m2.enabled=true");
        AddResult added = fixture.engine().addBatch(session,
                messages("My secret garden has a hidden gate.", "I like green tea very much."));
        fixture.engine().query(session.userId(), "secret garden", 5);
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        DeleteResult result = fixture.engine().deleteMessages(session, added.messageIds().subList(0, 1));
        fixture.engine().flush();

        assertEquals(1, result.buffered() + result.messages());
        assertEquals(List.of("I like green tea very much."),
                contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
        assertTrue(fixture.engine().query(session.userId(), "secret garden", 5).hits().stream()
                .noneMatch(hit -> hit.message().content().contains("garden")));
        assertEquals(0, fixture.count("SELECT count(*) FROM m1_episodic WHERE content LIKE '%garden%'"));
        assertEquals(0, fixture.count("SELECT count(*) FROM m2_semantic WHERE fact_content LIKE '%garden%'"));
    }

    @Test
    void deletesASessionFromEveryLayerAndKeepsTheOthers() throws Exception {
        fixture.set("layers.m1.enabled=true", "layers.m2.enabled=true");
        SessionKey other = fixture.anotherSession(session);
        fixture.engine().addBatch(session, messages("I like lighthouses very much."));
        fixture.engine().addBatch(other, messages("I like libraries very much."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        DeleteResult result = fixture.engine().deleteSession(session);

        assertEquals(new DeleteResult(0, 1, 1, 1, 1, 1), result);
        assertThrows(NotFoundException.class, () -> fixture.engine().messages(session, 10, Order.OLDEST_FIRST));
        assertEquals(1, fixture.engine().query(session.userId(), "lighthouse", 5).hits().size());
        assertEquals(0, fixture.count("SELECT count(*) FROM m1_episodic WHERE session_id = ?", session.sessionId()));
    }

    @Test
    void deletesAUserWithAllData() throws Exception {
        fixture.set("buffer.bypass_mode=false");
        fixture.engine().addBatch(session, messages("something private"));

        DeleteResult result = fixture.engine().deleteUser(session.userId());

        assertEquals(1, result.buffered());
        assertTrue(fixture.engine().user("alice").isEmpty());
        assertEquals(0, fixture.count("SELECT count(*) FROM messages"));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void reportsAMissingSessionInASentence(boolean bypass) {
        fixture.set("buffer.bypass_mode=" + bypass);
        SessionKey nowhere = new SessionKey(session.userId(), UUID.randomUUID());

        NotFoundException e = assertThrows(NotFoundException.class,
                () -> fixture.engine().addBatch(nowhere, messages("lost")));

        assertEquals("The user has no such session.", e.getMessage());
    }

    @Test
    void doesNotReturnDataOfAnotherUser() {
        SessionKey mallory = fixture.newSession("mallory");
        AddResult added = fixture.engine().addBatch(session, messages("alice's diary"));
        SessionKey forged = new SessionKey(mallory.userId(), session.sessionId());

        assertEquals(List.of(), fixture.engine().read(mallory.userId(), added.messageIds()));
        assertEquals(List.of(), fixture.engine().query(mallory.userId(), "diary", 5).hits());
        assertThrows(NotFoundException.class, () -> fixture.engine().messages(forged, 10, Order.OLDEST_FIRST));
        assertThrows(NotFoundException.class, () -> fixture.engine().addBatch(forged, messages("mine now")));
        assertEquals(0, fixture.engine().deleteMessages(forged, added.messageIds()).messages());
        assertEquals(0, fixture.engine().deleteSession(forged).sessions());
        assertEquals(List.of("alice's diary"),
                contents(fixture.engine().messages(session, 10, Order.OLDEST_FIRST)));
    }

    @Test
    void refusesASecondUserOfTheSameName() {
        assertThrows(DuplicateNameException.class, () -> fixture.engine().createUser("alice"));
    }
}
