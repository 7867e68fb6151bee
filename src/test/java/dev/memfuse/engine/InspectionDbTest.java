package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.RetrievalConfig;
import dev.memfuse.engine.Inspection.BufferedUser;
import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Pages through memory, layers of messages, buffers, and queries under other settings.
@Tag("db")
class InspectionDbTest {
    private EngineFixture fixture;
    private Inspection inspection;
    private SessionKey session;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m1.enabled=true", "layers.m2.enabled=true");
        inspection = fixture.engine().inspection();
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aSearchPagesThroughTheUsersWhoseNameHasThePart() {
        List<String> created = IntStream.range(0, 25)
                .mapToObj(i -> String.format(Locale.ROOT, i % 2 == 0 ? "Smith %d" : "other %d", i)).toList();
        created.forEach(fixture.engine()::createUser);

        List<User> first = inspection.users("SMITH", Optional.empty(), 10);
        List<User> rest = inspection.users("smith", Optional.of(first.getLast().id()), 10);

        assertEquals(10, first.size());
        assertEquals(created.stream().filter(name -> name.startsWith("Smith")).toList(),
                Stream.concat(first.stream(), rest.stream()).map(User::name).toList());
        assertEquals(26, inspection.users("", Optional.empty(), 100).size());
        assertEquals(List.of(), inspection.users("%", Optional.empty(), 100));
    }

    @Test
    void aSearchPagesThroughTheSessionsOfOneUser() {
        UUID agent = inspection.agentOf(session);
        fixture.engine().createSession(session.userId(), agent, "Holiday plans");
        fixture.engine().createSession(session.userId(), agent, "holidays");
        fixture.newSession("bob");

        List<Session> found = inspection.sessions(session.userId(), "HOLIDAY", Optional.empty(), 1);

        assertEquals(List.of("Holiday plans"), found.stream().map(Session::name).toList());
        assertEquals(List.of("holidays"), inspection.sessions(session.userId(), "HOLIDAY",
                Optional.of(found.getFirst().key().sessionId()), 10).stream().map(Session::name).toList());
        assertEquals(3, inspection.sessions(session.userId(), "", Optional.empty(), 10).size());
    }

    @Test
    void aConversationIsReadInPagesInBothDirections() {
        fixture.engine().addBatch(session, messages(IntStream.rangeClosed(1, 7).mapToObj(Integer::toString)
                .toArray(String[]::new)));

        List<Message> newest = inspection.stored(session, Message.UNASSIGNED, Order.NEWEST_FIRST, 3);
        List<Message> older = inspection.stored(session, newest.getLast().sequence(), Order.NEWEST_FIRST, 3);
        List<Message> newer = inspection.stored(session, older.getLast().sequence(), Order.OLDEST_FIRST, 4);

        assertEquals(List.of("7", "6", "5"), newest.stream().map(Message::content).toList());
        assertEquals(List.of("4", "3", "2"), older.stream().map(Message::content).toList());
        assertEquals(List.of("3", "4", "5", "6"), newer.stream().map(Message::content).toList());
    }

    @Test
    void eachMessageHasTheLayersThatHoldIt() {
        List<UUID> ids = fixture.engine()
                .addBatch(session, messages("I live in Lisbon.", "Nice weather, is it not?")).messageIds();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        Map<UUID, MessageLayers> layers = inspection.layers(session.userId(), ids);

        assertEquals(new MessageLayers(false, 1, 1, 1), layers.get(ids.getFirst()));
        assertEquals(new MessageLayers(false, 1, 1, 0), layers.get(ids.getLast()));
        assertEquals(Map.of(), inspection.layers(session.userId(), List.of(UUID.randomUUID())));
    }

    @Test
    void buffersAreListedByUserWithTheirMessages() {
        fixture.set("buffer.bypass_mode=false");
        SessionKey other = fixture.newSession("bob");
        fixture.engine().addBatch(other, messages("one"));
        fixture.engine().addBatch(session, messages("two", "three"));

        List<BufferedUser> users = inspection.buffered(10);

        assertEquals(List.of("alice", "bob"), users.stream().map(BufferedUser::name).toList());
        assertEquals(new BufferedUser(session.userId(), "alice", 2, 0, 0, 1), users.getFirst());
        assertEquals(List.of("two", "three"),
                inspection.buffered(session.userId(), 10).stream().map(Message::content).toList());
        assertEquals(1, inspection.buffered(1).size());
        fixture.engine().flush();
        assertEquals(List.of(), inspection.buffered(10));
    }

    @Test
    void aQueryWithOtherSettingsChangesNeitherSettingsNorCache() {
        fixture.engine().addBatch(session, messages("The cat sat on the mat.", "My kitten is asleep.",
                "A feline question?", "Stocks fell today."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        QueryRequest request = QueryRequest.of("cat", 4).explained();
        RetrievalConfig now = fixture.tunables().get().retrieval();
        QueryResult before = fixture.engine().query(session.userId(), request);

        QueryResult words = inspection.query(session.userId(), request, dense(0));
        QueryResult vectors = inspection.query(session.userId(), request, dense(1));

        assertEquals(before.hits(), inspection.query(session.userId(), request, now).hits());
        assertNotEquals(points(words.hits().getFirst()), points(vectors.hits().getFirst()));
        assertEquals(now, fixture.tunables().get().retrieval());
        QueryResult again = fixture.engine().query(session.userId(), request);
        assertTrue(again.cached());
        assertEquals(before.hits(), again.hits());
    }

    private RetrievalConfig dense(double weight) {
        return ConfigValues.with(fixture.tunables().get(), "retrieval.dense_weight", weight).retrieval();
    }

    private static List<Double> points(Hit hit) {
        return hit.shares().stream().map(QueryResult.Share::points).toList();
    }
}
