package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every stored message gets its vector in the background, whatever the layers are.
@Tag("db")
class MessageVectorsDbTest {
    private static final String ON = "embedding.background_share=1";
    private static final String MEANT = "My puppy chewed the sofa.";
    private static final String QUESTION = "dog damaged furniture";

    /// The message that is meant shares no word with the question, and others are newer.
    private static SessionKey fill(EngineFixture fixture, String user) {
        SessionKey session = fixture.newSession(user);
        MemoryEngine engine = fixture.engine();
        engine.addBatch(session, List.of(NewMessage.of(Role.USER, MEANT)));
        for (int i = 0; i < 12; i++) {
            engine.addBatch(session,
                    List.of(NewMessage.of(Role.USER, "The train to platform " + i + " leaves at noon.")));
        }
        engine.flush();
        return session;
    }

    private static void awaitVectors(EngineFixture fixture, SessionKey session, long messages) {
        await("the vectors", () -> vectors(fixture, session) == messages);
    }

    private static long vectors(EngineFixture fixture, SessionKey session) {
        try {
            return fixture.count("SELECT count(*) FROM message_vectors WHERE user_id = ?", session.userId());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static QueryResult ask(EngineFixture fixture, UUID user) {
        return fixture.engine().query(user, QueryRequest.of(QUESTION, 3));
    }

    private static String best(EngineFixture fixture, UUID user) {
        return ask(fixture, user).hits().getFirst().content();
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=true", "buffer.bypass_mode=false"})
    void anOldMessageIsFoundByItsMeaningAloneWithTheDefaultLayers(String path) throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON, path)) {
            SessionKey session = fill(fixture, "alice");
            awaitVectors(fixture, session, 13);

            await("it is found", () -> best(fixture, session.userId()).equals(MEANT));
            assertEquals(0, ask(fixture, session.userId()).byWordsAlone());
            await("nothing waits", () -> fixture.engine().vectorBacklog().waiting() == 0);
            assertEquals(13, fixture.engine().vectorBacklog().done());
        }
    }

    @Test
    void withoutAShareNothingIsEmbedded() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start("embedding.background_share=0")) {
            SessionKey session = fill(fixture, "alice");
            QueryResult result = ask(fixture, session.userId());

            assertEquals(13, fixture.engine().vectorBacklog().waiting());
            assertEquals(12, result.byWordsAlone());
            assertEquals(0, vectors(fixture, session));
            fixture.set(ON);
            awaitVectors(fixture, session, 13);
        }
    }

    /// A killed process leaves nothing but the rows.
    @Test
    void theNextStartGoesOnAndAnIndexOnDiskTakesTheVectors() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start("embedding.background_share=0")) {
            SessionKey session = fill(fixture, "alice");
            assertEquals(12, ask(fixture, session.userId()).byWordsAlone());
            fixture.restart();
            fixture.set(ON);
            awaitVectors(fixture, session, 13);
            assertEquals(MEANT, best(fixture, session.userId()));

            fixture.restart();

            assertEquals(MEANT, best(fixture, session.userId()));
            assertEquals(0, ask(fixture, session.userId()).byWordsAlone());
        }
    }

    @Test
    void messagesOfM1HaveTheVectorsOfTheirChunksOnly() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON, "layers.m1.enabled=true")) {
            SessionKey chunked = fill(fixture, "alice");
            assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(1)));
            fixture.set("layers.m1.enabled=false");
            SessionKey plain = fill(fixture, "bob");
            awaitVectors(fixture, plain, 13);

            assertEquals(0, vectors(fixture, chunked));
            assertEquals(0, ask(fixture, chunked.userId()).byWordsAlone());
        }
    }

    /// The stored vectors are changed, so that chunks that were embedded again would differ.
    @Test
    void chunksThatAreMadeLaterTakeThemInsteadOfEmbeddingAgain() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON)) {
            SessionKey session = fill(fixture, "alice");
            awaitVectors(fixture, session, 13);
            await("nothing waits", () -> fixture.engine().vectorBacklog().waiting() == 0);
            try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
                statement.execute("UPDATE message_vectors SET embedding = array_fill(0::real, ARRAY[383]) || 1::real");
            }
            fixture.engine().layerBuild().start(DerivedLayer.M1);
            await("M1 is built", () -> fixture.engine().layerBuild().status().state() == LayerBuild.State.DONE);

            List<Chunk> chunks = Everything.of(fixture.store(), session.userId()).chunks;
            assertEquals(13, chunks.size());
            chunks.forEach(chunk -> assertEquals(1f, chunk.vector()[383]));
        }
    }

    @Test
    void messagesOfRoundsWhoseM1FailsGetThem() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(ON, "layers.m1.enabled=true",
                "memory_service.max_retries=0")) {
            try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
                statement.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                        + "$$BEGIN RAISE EXCEPTION 'no'; END$$");
                statement.execute("CREATE TRIGGER refuse BEFORE INSERT ON m1_episodes EXECUTE FUNCTION refuse()");
            }
            SessionKey session = fill(fixture, "alice");

            awaitVectors(fixture, session, 13);
            await("it is found", () -> best(fixture, session.userId()).equals(MEANT));
        }
    }

    @Test
    void anotherModelReplacesThem() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON)) {
            SessionKey session = fill(fixture, "alice");
            awaitVectors(fixture, session, 13);
            fixture.set("embedding.context=none");

            await("all are of the other model", () -> models(fixture, session).equals(List.of("all-MiniLM-L6-v2-q@1")));
            assertEquals(MEANT, best(fixture, session.userId()));
        }
    }

    private static List<String> models(EngineFixture fixture, SessionKey session) {
        try (Connection connection = fixture.connect()) {
            return dev.memfuse.store.sql.Statements.query(connection, row -> row.getString(1),
                    "SELECT DISTINCT embedding_model FROM message_vectors WHERE user_id = ?", session.userId());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anImportedUserGetsThemAndADeletedMessageTakesItsOwnAway() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON)) {
            SessionKey session = fill(fixture, "alice");
            awaitVectors(fixture, session, 13);
            List<UserRecord> records = new ArrayList<>();
            fixture.engine().exportUser(session.userId(), records::add);
            User copy = fixture.engine().importUser("copy", records::stream);
            await("the copy has vectors", () -> vectors(fixture, new SessionKey(copy.id(), copy.id())) == 13);

            Message first = fixture.engine().messages(session, 1, Order.OLDEST_FIRST).getFirst();
            fixture.engine().deleteMessages(session, List.of(first.id()));

            assertEquals(12, vectors(fixture, session));
            assertFalse(best(fixture, session.userId()).equals(MEANT));
        }
    }
}
