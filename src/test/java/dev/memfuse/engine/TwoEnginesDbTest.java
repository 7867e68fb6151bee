package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.memfuse.file.ByteSearch;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two engines on one database: what one of them deletes, the other one neither returns nor keeps on its disk.
@Tag("db")
class TwoEnginesDbTest {
    private static final String MARKER = "Zqvxkjwbdfgh";

    private TestServer.TestDatabase database;
    private EngineFixture deleting;
    private EngineFixture other;
    private SessionKey session;

    enum What {
        MESSAGES,
        SESSION,
        USER
    }

    @BeforeEach
    void start() throws SQLException {
        database = TestServer.newDatabaseWithSchema();
        deleting = EngineFixture.on(database, TestFolders.create(), "buffer.bypass_mode=true",
                "layers.m1.enabled=true").withShortDiskIntervals();
        other = EngineFixture.on(database, TestFolders.create(), "buffer.bypass_mode=true",
                "layers.m1.enabled=true", "buffer.query.cache_size=100").withShortDiskIntervals();
        session = deleting.newSession("alice");
    }

    @AfterEach
    void stop() throws SQLException {
        other.close();
        deleting.close();
        TestServer.drop(database);
    }

    private static List<String> answers(EngineFixture engine, UUID user) {
        QueryFilter everything = QueryFilter.NONE.only(MemoryLayer.M0, MemoryLayer.M1);
        return engine.engine().query(user, QueryRequest.of(MARKER, 20).within(everything)).hits().stream()
                .map(hit -> hit.content() + " / " + hit.message().content()).toList();
    }

    private void delete(What what, List<UUID> ids) {
        switch (what) {
            case MESSAGES -> deleting.engine().deleteMessages(session, ids);
            case SESSION -> deleting.engine().deleteSession(session);
            case USER -> deleting.engine().deleteUser(session.userId());
        }
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void aCachedAnswerEndsWithADeletionByTheOther(What what) {
        List<UUID> ids = deleting.engine().addBatch(session, messages("I met " + MARKER + " today.")).messageIds();
        assertTrue(deleting.engine().awaitExtraction(Duration.ofSeconds(30)));
        assertFalse(answers(other, session.userId()).isEmpty());
        assertFalse(answers(other, session.userId()).isEmpty());

        delete(what, ids);

        assertEquals(List.of(), answers(other, session.userId()));
        assertEquals(List.of(), answers(other, session.userId()));
    }

    /// A chunk of two messages names the first one as its source; the deleted text stands in the index alone.
    @Test
    void aChunkIsNotReturnedWithTheTextOfADeletedMessage() {
        // With the usual intervals: the index of the other has not seen the deletion yet when it is asked.
        other.close();
        other = EngineFixture.on(database, TestFolders.create(), "buffer.bypass_mode=true",
                "layers.m1.enabled=true", "buffer.query.cache_size=100");
        deleting.set("buffer.hybrid_buffer.chunk_strategy=token_based");
        List<UUID> ids = deleting.engine()
                .addBatch(session, messages("The weather is fine.", "I met " + MARKER + " today.")).messageIds();
        assertTrue(deleting.engine().awaitExtraction(Duration.ofSeconds(30)));
        assertTrue(answers(other, session.userId()).toString().contains(MARKER));

        delete(What.MESSAGES, ids.subList(1, 2));

        String left = answers(other, session.userId()).toString();
        assertFalse(left.contains(MARKER), left);
        assertTrue(left.contains("weather"), left);
    }

    private Path index() {
        return other.indexes().resolve(session.userId().toString());
    }

    private void fillIndexOfOther() {
        assertFalse(answers(other, session.userId()).isEmpty());
        await("the index is saved", () -> !ByteSearch.find(index(), MARKER).isEmpty());
    }

    /// Without a query in between.
    @ParameterizedTest
    @EnumSource(What.class)
    void anOpenIndexOfTheOtherLosesTheTextOnDisk(What what) {
        List<UUID> ids = deleting.engine().addBatch(session, messages("I met " + MARKER + " today.")).messageIds();
        deleting.engine().addBatch(session, messages("The weather is fine."));
        assertTrue(deleting.engine().awaitExtraction(Duration.ofSeconds(30)));
        fillIndexOfOther();

        delete(what, ids);

        await("the text is off the disk", () -> ByteSearch.find(index(), MARKER).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStartRemovesWhatWasDeletedMeanwhile(boolean userToo) {
        List<UUID> ids = deleting.engine().addBatch(session, messages("I met " + MARKER + " today.")).messageIds();
        SessionKey bystander = deleting.newSession("bob");
        deleting.engine().addBatch(bystander, messages("Bob met nobody."));
        answers(other, bystander.userId());
        fillIndexOfOther();
        Path folder = other.stopAndKeepFiles();

        delete(userToo ? What.USER : What.MESSAGES, ids);
        assertFalse(ByteSearch.find(folder, MARKER).isEmpty());
        other = EngineFixture.on(database, folder).withShortDiskIntervals();

        await("the text is off the disk", () -> ByteSearch.find(folder, MARKER).isEmpty());
        assertTrue(other.indexes().resolve(bystander.userId().toString()).toFile().exists());
    }
}
