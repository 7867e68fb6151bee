package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The effect of each key of the sections buffer, layers and services on a running engine.
@Tag("db")
class BufferKeysDbTest {
    private static final String CHINESE = "\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837\uff1f"
            + "\u6211\u60f3\u51fa\u53bb\u8d70\u8d70\u3002";

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=false");
        session = fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private boolean transfers(String content) {
        return fixture.engine().addBatch(session, messages(content)).transferTriggered();
    }

    private long stored() {
        try {
            return fixture.count("SELECT count(*) FROM messages");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRoundBufferTransfersBeforeItExceedsMaxTokens() {
        int each = TokenCounter.forModel("gpt-4o-mini").count(NewMessage.of(Role.USER, "a few words"));
        for (int i = 0; i < 2; i++) {
            assertFalse(transfers("a few words"));
        }

        fixture.set("buffer.round_buffer.max_tokens=" + (3 * each - 1));
        assertTrue(transfers("a few words"));
        assertFalse(transfers("a few words"));

        fixture.set("buffer.round_buffer.max_tokens=" + (each - 1));
        assertTrue(transfers("a few words"));
    }

    @Test
    void theRoundBufferTransfersBeforeItExceedsMaxSizeRounds() {
        for (int i = 0; i < 4; i++) {
            assertFalse(transfers("round " + i));
        }
        fixture.set("buffer.round_buffer.max_size=4");
        assertTrue(transfers("round 4"));
        fixture.set("buffer.round_buffer.max_size=1");
        assertTrue(transfers("round 5"));
    }

    @Test
    void theTokenModelSetsTheNumberOfTokensOfAText() {
        NewMessage message = NewMessage.of(Role.USER, CHINESE);
        int shorter = TokenCounter.forModel("gpt-4o-mini").count(message);
        assertTrue(TokenCounter.forModel("gpt-4").count(message) > shorter);
        fixture.set("buffer.round_buffer.max_tokens=" + shorter);
        assertFalse(transfers(CHINESE));

        fixture.set("buffer.round_buffer.token_model=gpt-4");

        assertTrue(transfers(CHINESE));
    }

    @Test
    void theHybridBufferIsFlushedWhenItHoldsMaxSizeRounds() {
        fixture.set("buffer.round_buffer.max_size=1", "buffer.performance.enable_auto_flush=false");
        for (int i = 0; i < 4; i++) {
            transfers("round " + i);
        }
        assertEquals(0, stored());

        fixture.set("buffer.hybrid_buffer.max_size=4");
        transfers("round 4");

        await("the flush", () -> stored() == 4);
    }

    @Test
    void theChunkStrategySetsTheChunksOfMessages() throws SQLException {
        fixture.set("buffer.bypass_mode=true", "layers.m1.enabled=true");
        assertEquals(3, chunksOfThreeMessages());

        fixture.set("buffer.hybrid_buffer.chunk_strategy=token_based");

        assertEquals(1, chunksOfThreeMessages());
    }

    private long chunksOfThreeMessages() throws SQLException {
        UUID round = fixture.engine().addBatch(session, messages("one", "two", "three")).roundId();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        return fixture.count("SELECT count(*) FROM m1_episodic WHERE round_id = ?", round);
    }

    @Test
    void aQueryWithoutANumberReturnsMaxSizeHits() {
        fixture.engine().addBatch(session, messages("red apple", "green apple", "old apple", "apple pie", "apple"));
        assertEquals(5, fixture.engine().query(session.userId(), "apple", 0).hits().size());

        fixture.set("buffer.query.max_size=2");

        assertEquals(2, fixture.engine().query(session.userId(), "apple", 0).hits().size());
    }

    @Test
    void theQueryCacheHoldsCacheSizeAnswers() {
        fixture.engine().addBatch(session, messages("red apple"));
        assertFalse(cached("apple"));
        assertTrue(cached("apple"));

        fixture.set("buffer.query.cache_size=0");
        assertFalse(cached("apple"));
        assertFalse(cached("apple"));

        fixture.set("buffer.query.cache_size=1");
        assertFalse(cached("apple"));
        assertTrue(cached("apple"));
    }

    private boolean cached(String text) {
        return fixture.engine().query(session.userId(), text, 3).cached();
    }

    @Test
    void theHybridBufferIsFlushedAtTheAgeOfTheFlushInterval() {
        fixture.set("buffer.round_buffer.max_size=1");
        transfers("one");
        transfers("two");
        assertEquals(0, stored());

        fixture.set("buffer.performance.flush_interval=0.1");

        await("the timer", () -> stored() == 1);
        assertEquals(Message.Origin.ROUND_BUFFER,
                fixture.engine().messages(session, 1, Order.NEWEST_FIRST).getFirst().origin());
    }

    @Test
    void everythingIsFlushedAfterTheForceFlushTimeout() {
        transfers("one");
        transfers("two");
        assertEquals(0, stored());

        fixture.set("buffer.performance.force_flush_timeout=0.1");

        await("the timer", () -> stored() == 2);
    }

    @Test
    void buffersEmbedAtTheTransferOrAfterTheAcknowledgement() {
        fixture.set("layers.m1.enabled=true", "buffer.round_buffer.max_size=1");
        transfers("one");
        assertTrue(transfers("two"));
        assertEquals(0, Trace.current().stageNanos(Stage.EMBED));

        fixture.set("buffer.hybrid_buffer.embedding=transfer");
        assertTrue(transfers("three"));
        assertTrue(Trace.current().stageNanos(Stage.EMBED) > 0);
    }

    @Test
    void theTimersRunOnlyWithAutoFlush() {
        fixture.set("buffer.performance.enable_auto_flush=false", "buffer.performance.flush_interval=0.1",
                "buffer.performance.force_flush_timeout=0.1");
        transfers("one");
        long later = System.nanoTime() + Duration.ofMillis(600).toNanos();
        await("several ticks of the timer", () -> System.nanoTime() > later);
        assertEquals(0, stored());

        fixture.set("buffer.performance.enable_auto_flush=true");

        await("the timer", () -> stored() == 1);
    }

    @Test
    void eachLayerIsBuiltOnlyWhenItIsEnabled() throws SQLException {
        fixture.set("buffer.bypass_mode=true");
        assertLayers(false, false);
        fixture.set("layers.m1.enabled=true");
        assertLayers(true, false);
        fixture.set("layers.m1.enabled=false", "layers.m2.enabled=true");
        assertLayers(false, true);
    }

    private void assertLayers(boolean m1, boolean m2) throws SQLException {
        AddResult added = fixture.engine().addBatch(session, messages("I love the light in Lisbon very much."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

        assertEquals(m1 ? 1 : 0,
                fixture.count("SELECT count(*) FROM m1_episodic WHERE round_id = ?", added.roundId()));
        assertEquals(m2 ? 1 : 0,
                fixture.count("SELECT count(*) FROM m2_semantic WHERE round_id = ?", added.roundId()));
        assertEquals(m1 ? AddResult.LayerStatus.QUEUED : AddResult.LayerStatus.OFF, added.m1());
        assertEquals(m2 ? AddResult.LayerStatus.QUEUED : AddResult.LayerStatus.OFF, added.m2());
    }
}
