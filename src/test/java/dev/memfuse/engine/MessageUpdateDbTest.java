package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.file.ByteSearch;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.StoreCalls;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.search.TextSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An updated message has its new text everywhere at once, and its former text nowhere: wherever the message was, and
/// whatever happens to the process.
@Tag("db")
class MessageUpdateDbTest {
    private static final String OLD = "Quorvexil";
    private static final String NEW = "Brintalor";
    private static final QueryFilter ALL_LAYERS = QueryFilter.NONE
            .only(EnumSet.allOf(MemoryLayer.class).toArray(MemoryLayer[]::new));

    private TestServer.TestDatabase database;
    private EngineFixture fixture;
    private SessionKey session;

    /// Where the message is when it is updated.
    enum Place {
        ROUND_BUFFER,
        HYBRID_BUFFER,
        STORED,
        EXTRACTED
    }

    @BeforeEach
    void start() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
        fixture = EngineFixture.on(database, TestFolders.create(), "buffer.bypass_mode=false",
                "buffer.performance.enable_auto_flush=false", "layers.m1.enabled=true", "layers.m2.enabled=true",
                "buffer.journal.retire_after=0.1").withShortDiskIntervals();
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() throws SQLException {
        fixture.close();
        TestServer.drop(database);
    }

    private MemoryEngine engine() {
        return fixture.engine();
    }

    private List<UUID> add(Place place) {
        List<UUID> ids = engine().addBatch(session, messages("I live in " + OLD + " with my old dog.",
                "The weather is fine.")).messageIds();
        switch (place) {
            case ROUND_BUFFER -> {
                // It is there.
            }
            case HYBRID_BUFFER -> engine().addBatch(fixture.anotherSession(session), messages("another session"));
            case STORED -> engine().flush();
            case EXTRACTED -> {
                engine().flush();
                awaitExtraction();
                assertFalse(engine().facts(session.userId(), FactQuery.current(10)).isEmpty());
            }
        }
        assertFalse(hits(fixture, OLD).isEmpty());
        return ids;
    }

    private void awaitExtraction() {
        assertTrue(engine().awaitExtraction(Duration.ofSeconds(60)));
    }

    private List<String> hits(EngineFixture of, String word) {
        return of.engine().query(session.userId(), QueryRequest.of(word, 20).within(ALL_LAYERS)).hits().stream()
                .map(hit -> hit.content() + " / " + hit.message().content()).filter(text -> text.contains(word))
                .toList();
    }

    private static MessageChange change(UUID id) {
        return new MessageChange(id, Role.ASSISTANT, "I live in " + NEW + " with my old dog.");
    }

    private List<String> listed(EngineFixture of) {
        return of.engine().messages(session, 10, Order.OLDEST_FIRST).stream()
                .map(message -> message.role().label() + ": " + message.content()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void theNewTextIsReadListedAndFoundAtOnceAndTheFormerOneIsGone(Place place) throws SQLException {
        List<UUID> ids = add(place);

        List<Message> updated = engine().updateMessages(session, List.of(change(ids.getFirst())));

        assertEquals(List.of("assistant: I live in " + NEW + " with my old dog.", "user: The weather is fine."),
                listed(fixture));
        assertEquals(updated.getFirst(), engine().read(session.userId(), ids.subList(0, 1)).getFirst());
        assertTrue(updated.getFirst().editedAt().isPresent());
        assertFalse(hits(fixture, NEW).isEmpty());
        assertEquals(List.of(), hits(fixture, OLD));
        awaitExtraction();
        assertEquals(Map.of(), TextSearch.count(fixture, OLD.toLowerCase(Locale.ROOT)));
        assertTrue(TextSearch.count(fixture, NEW.toLowerCase(Locale.ROOT)).keySet()
                .containsAll(List.of("m1_episodic.content", "m2_semantic.fact_content")));
        assertEquals(List.of(), hits(fixture, OLD));
        assertTrue(engine().facts(session.userId(), FactQuery.history(10)).stream()
                .anyMatch(fact -> fact.content().contains(NEW)));
    }

    @Test
    void theFormerTextIsSoonInNoFile() {
        List<UUID> ids = add(Place.EXTRACTED);
        await("the index is on the disk", () -> !ByteSearch.find(fixture.folder(), OLD).isEmpty());

        engine().updateMessages(session, List.of(change(ids.getFirst())));

        engine().addBatch(session, messages("Later messages let the journal retire its segments."));
        engine().flush();
        await("no file has the text", () -> ByteSearch.find(fixture.folder(), OLD).isEmpty());
    }

    @Test
    void anIndexOfAnotherEngineHasTheNewText() {
        List<UUID> ids = add(Place.EXTRACTED);
        try (EngineFixture other = EngineFixture.on(database, TestFolders.create(), "layers.m1.enabled=true",
                "layers.m2.enabled=true", "buffer.query.cache_size=100").withShortDiskIntervals()) {
            assertFalse(hits(other, OLD).isEmpty());
            await("the index is on the disk", () -> !ByteSearch.find(other.indexes(), OLD).isEmpty());

            engine().updateMessages(session, List.of(change(ids.getFirst())));

            assertEquals(List.of(), hits(other, OLD));
            assertFalse(hits(other, NEW).isEmpty());
            await("the index has the new text", () -> ByteSearch.find(other.indexes(), OLD).isEmpty()
                    && !ByteSearch.find(other.indexes(), NEW).isEmpty());
        }
    }

    @Test
    void aMessageIsUpdatedTwiceAndAnotherTogether() {
        List<UUID> ids = add(Place.ROUND_BUFFER);
        engine().updateMessages(session, List.of(change(ids.getFirst())));

        engine().updateMessages(session, List.of(new MessageChange(ids.getLast(), Role.USER, "two"),
                new MessageChange(ids.getFirst(), Role.USER, "one")));

        assertEquals(List.of("user: one", "user: two"), listed(fixture));
        assertEquals(List.of(), hits(fixture, NEW));
    }

    /// A client that repeats an add after an update does not bring the former text back.
    @Test
    void aRepeatedAddLeavesTheNewText() {
        NewMessage message = NewMessage.of(Role.USER, "I met " + OLD);
        engine().addBatch(session, List.of(message));
        engine().updateMessages(session, List.of(change(message.id())));

        engine().addBatch(session, List.of(message));
        engine().flush();

        assertEquals(List.of("assistant: I live in " + NEW + " with my old dog."), listed(fixture));
        assertEquals(List.of(), hits(fixture, OLD));
    }

    @Test
    void nothingChangesWhenOneMessageIsUnknown() {
        List<UUID> ids = add(Place.STORED);
        List<String> before = listed(fixture);

        assertThrows(NotFoundException.class, () -> engine().updateMessages(session,
                List.of(change(ids.getFirst()), change(UUID.randomUUID()))));
        assertThrows(InvalidValueException.class, () -> engine().updateMessages(session, List.of()));
        assertThrows(InvalidValueException.class, () -> engine().updateMessages(session,
                List.of(change(ids.getFirst()), change(ids.getFirst()))));
        assertThrows(InvalidValueException.class, () -> engine().updateMessages(session,
                List.of(new MessageChange(ids.getFirst(), Role.USER, "a\0b"))));

        assertEquals(before, listed(fixture));
    }

    /// The journal as a kill leaves it, read by another engine; an index is built again when it is not there.
    private EngineFixture afterAKill() throws IOException {
        Path copy = TestFolders.create().resolve("copy");
        try (Stream<Path> files = Files.walk(fixture.folder().resolve("journal"))) {
            Files.createDirectory(copy);
            for (Path file : files.filter(each -> !each.toString().endsWith(".lock")).toList()) {
                Files.copy(file, copy.resolve(fixture.folder().relativize(file)));
            }
        }
        return EngineFixture.on(database, copy, "buffer.bypass_mode=false", "layers.m1.enabled=true");
    }

    @ParameterizedTest
    @EnumSource
    void aKilledProcessDoesNotBringTheFormerTextBack(Place place) throws IOException {
        fixture.set("buffer.journal.retire_after=600");
        List<UUID> ids = add(place);
        engine().updateMessages(session, List.of(change(ids.getFirst())));

        try (EngineFixture next = afterAKill()) {
            assertEquals(listed(fixture), listed(next));
            next.engine().flush();

            assertEquals(listed(fixture), listed(next));
            assertEquals(List.of(), hits(next, OLD));
            assertFalse(hits(next, NEW).isEmpty());
        }
    }

    /// After a failover the journal stores again what it has; the rest of the round must stay there.
    @Test
    void theJournalHasNoFormerTextForAReplay() {
        fixture.set("buffer.journal.retire_after=600");
        List<UUID> ids = add(Place.STORED);

        engine().updateMessages(session, List.of(change(ids.getFirst())));

        List<String> kept = new ArrayList<>();
        try (Journal.Keeping _ = fixture.journal().keepReleased()) {
            fixture.journal().forEachReleased(round -> fixture.journal().withoutErased(round).ifPresent(
                    left -> left.round().messages().forEach(message -> kept.add(message.content()))));
        }
        assertEquals(List.of("The weather is fine."), kept);
    }

    /// The database is lost after the former text was erased in the journal.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedUpdateLosesNoMessage(boolean committed) throws IOException, SQLException {
        fixture.close();
        AtomicBoolean away = new AtomicBoolean();
        fixture = EngineFixture.on(database, TestFolders.create(), store -> failing(store, away, committed),
                "buffer.bypass_mode=false", "buffer.performance.enable_auto_flush=false");
        List<UUID> ids = add(Place.ROUND_BUFFER);
        away.set(true);

        assertThrows(StorageUnavailableException.class,
                () -> engine().updateMessages(session, List.of(change(ids.getFirst()))));

        assertEquals(committed ? 0 : 1, hits(fixture, OLD).size());
        try (EngineFixture next = afterAKill()) {
            next.engine().flush();

            assertEquals(committed ? 0 : 1, hits(next, OLD).size());
            assertEquals(2, listed(next).size());
            assertEquals(2, next.count("SELECT count(*) FROM messages"));
        }
    }

    private static MemoryStore failing(MemoryStore store, AtomicBoolean away, boolean committed) {
        return StoreCalls.around(store, (method, call) -> {
            boolean fails = away.get() && method.equals("messageChanges.replace");
            Object result = fails && !committed ? "" : call.call();
            if (fails) {
                throw new StorageUnavailableException("The connection was lost.", "", null);
            }
            return result;
        });
    }

    /// A worker has read the former text and stores what it made of it after the update.
    @ParameterizedTest
    @EnumSource
    void aWorkerWithTheFormerTextStoresNothing(DerivedLayer layer) {
        fixture.set("layers.m1.enabled=false", "layers.m2.enabled=false");
        MemoryStore store = fixture.store();
        List<UUID> ids = add(Place.STORED);
        assertEquals(1, store.layerBuilds().queueUnbuilt(session.userId(), layer, 10));
        WorkItem item = store.work().claim(session.userId(), UUID.randomUUID(), Duration.ofMinutes(5)).orElseThrow();
        Episode episode = new Episode(UUID.randomUUID(), session, item.roundId(), ids, OLD, OLD,
                Episode.Method.EXTRACTIVE, Instant.EPOCH, Instant.EPOCH, new float[]{1}, "m");

        engine().updateMessages(session, List.of(change(ids.getFirst())));

        Stored stored = Stored.OUTDATED;
        // As a worker does: what it made is outdated while others change the knowledge of the user.
        while (stored == Stored.OUTDATED) {
            stored = switch (layer) {
                case M1 -> store.layers().storeEpisode(item, List.of(), Optional.of(episode), LayerOrigin.NONE);
                case M2 -> store.layers().storeFacts(item, new FactChanges(store.facts().revision(session.userId()),
                        List.of(), List.of(), List.of(), List.of()), LayerOrigin.NONE);
            };
        }
        assertEquals(Stored.LEASE_LOST, stored);
    }

    @Test
    void aVectorOfTheFormerTextIsNotStored() {
        fixture.set("layers.m1.enabled=false", "layers.m2.enabled=false");
        MemoryStore store = fixture.store();
        List<UUID> ids = add(Place.STORED);
        List<Unembedded> read = store.messageVectors().missing(session.userId(), "m", ids);
        engine().updateMessages(session, List.of(change(ids.getFirst())));

        Set<UUID> stored = store.messageVectors().store(session.userId(), "m",
                Map.of(read.getFirst(), new float[]{1}, read.getLast(), new float[]{1}));

        assertEquals(Set.of(ids.getLast()), stored);
        assertEquals(ids.subList(0, 1),
                store.messageVectors().missing(session.userId(), "m", ids).stream().map(Unembedded::id)
                        .toList());
    }

    @Test
    void anExportHasTheNewTextAndTheTimeOfTheUpdate() {
        List<UUID> ids = add(Place.ROUND_BUFFER);
        Message updated = engine().updateMessages(session, List.of(change(ids.getFirst()))).getFirst();
        List<UserRecord> records = new ArrayList<>();
        engine().exportUser(session.userId(), records::add);

        User copy = engine().importUser("copy", records::stream);

        assertFalse(records.toString().contains(OLD));
        assertTrue(records.stream().filter(each -> each.kind() == RecordKind.MESSAGE)
                .anyMatch(each -> updated.editedAt().equals(Optional.ofNullable(each.value("edited_at")))));
        Message imported = engine().read(copy.id(), ids.subList(0, 1)).getFirst();
        assertEquals(updated.content(), imported.content());
        assertEquals(updated.editedAt(), imported.editedAt());
    }
}
