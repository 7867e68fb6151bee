package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The effect of the keys of section `embedding` on stored vectors. Texts are embedded one by one here, because
/// quantized arithmetic scales by the batch.
@Tag("db")
class EmbeddingKeysDbTest {
    private static final String MINILM = "all-MiniLM-L6-v2-q@1";
    private static final String BGE = "bge-small-en-v1.5-q@1";

    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "embedding.model=all_minilm_l6_v2",
                "embedding.context=none", "embedding.batch_size=1");
        session = fixture.newSession("ada");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void add(String... contents) {
        fixture.engine().addBatch(session, EngineFixture.messages(contents));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(20)));
    }

    private void awaitReembedded() {
        EngineFixture.await("re-embedding",
                () -> fixture.engine().reembedding().status().state() == Reembedding.State.DONE);
    }

    private List<Chunk> chunks() {
        return Everything.of(fixture.store(), session.userId()).chunks;
    }

    private Chunk chunk(String content) {
        return chunks().stream().filter(one -> one.content().equals(content)).findFirst().orElseThrow();
    }

    private long stale(String model) {
        return fixture.store().vectors().countStale(model, model).getOrDefault(session.userId(), 0L);
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void vectorsAreOfTheConfiguredModel() {
        add("The piano lessons begin at noon.", "The tax report is late.");
        assertEquals(0, stale(MINILM));
        float[] before = chunk("The tax report is late.").vector();

        fixture.set("embedding.model=bge_small_en_v15");
        awaitReembedded();

        assertEquals(0, stale(BGE));
        assertEquals(2, fixture.engine().reembedding().status().done());
        assertEquals(BGE, fixture.engine().reembedding().status().model());
        assertTrue(cosine(before, chunk("The tax report is late.").vector()) < 0.9);

        fixture.set("embedding.model=all_minilm_l6_v2");
        awaitReembedded();
        EngineFixture.await("switched back", () -> stale(MINILM) == 0);
        assertTrue(cosine(before, chunk("The tax report is late.").vector()) > 0.999);
    }

    @Test
    void theContextSetsWhetherAVectorIncludesThePreviousMessage() {
        add("Are you still taking piano lessons?");
        add("Yes, since March.");
        float[] alone = chunk("Yes, since March.").vector();

        fixture.set("embedding.context=previous");
        awaitReembedded();
        EngineFixture.await("context", () -> stale(MINILM + "+context2") == 0);
        float[] again = chunk("Yes, since March.").vector();
        add("Are you still taking piano lessons?");
        add("Yes, since March.");

        assertTrue(cosine(alone, again) < 0.9, "the vector did not change");
        List<Chunk> both = chunks().stream().filter(one -> one.content().equals("Yes, since March.")).toList();
        assertEquals(2, both.size());
        assertTrue(cosine(both.getFirst().vector(), both.getLast().vector()) > 0.999,
                "a new message and one that was embedded again differ");
    }

    @Test
    void buffersIncludeThePreviousMessageToo() {
        fixture.set("embedding.context=previous", "buffer.bypass_mode=true");
        add("Are you still taking piano lessons?");
        fixture.set("buffer.bypass_mode=false", "buffer.round_buffer.max_size=1");
        fixture.engine().addBatch(session, EngineFixture.messages("Yes, since March."));
        fixture.engine().addBatch(session, EngineFixture.messages("Is it far?"));
        fixture.engine().addBatch(session, EngineFixture.messages("Not very."));
        fixture.engine().flush();
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(20)));
        List<float[]> made = List.of(chunk("Yes, since March.").vector(), chunk("Not very.").vector());

        fixture.set("embedding.context=none");
        EngineFixture.await("none", () -> stale(MINILM) == 0);
        fixture.set("embedding.context=previous");
        EngineFixture.await("previous", () -> stale(MINILM + "+context2") == 0);

        assertTrue(cosine(made.getFirst(), chunk("Yes, since March.").vector()) > 0.999);
        assertTrue(cosine(made.getLast(), chunk("Not very.").vector()) > 0.999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all_minilm_l6_v2", "bge_small_en_v15"})
    void aQueryRanksByVectorsOfEitherModel(String model) {
        fixture.set("embedding.model=" + model);
        add("The dog enjoys playing in the park.", "The quarterly tax report is due on Friday.",
                "We painted the kitchen yellow.");

        QueryResult result = fixture.engine().query(session.userId(),
                QueryRequest.of("my puppy runs around outside", 3).explained());

        assertEquals("The dog enjoys playing in the park.", result.hits().getFirst().message().content());
        assertEquals(1.0, result.hits().getFirst().shares().stream()
                .filter(share -> share.signal() == QueryResult.Signal.DENSE).findFirst().orElseThrow().normalised(),
                1e-6);
    }

    @Test
    void vectorsOfAnotherModelAreNotCompared() {
        add("The dog enjoys playing in the park.", "The quarterly tax report is due on Friday.");
        fixture.store().vectors().replace(session.userId(), DerivedLayer.M1, "another@1",
                Map.of(chunk("The dog enjoys playing in the park.").id(), new float[384],
                        chunk("The quarterly tax report is due on Friday.").id(), new float[384]));

        QueryResult result = fixture.engine().query(session.userId(), "the report on Friday", 2);

        assertEquals("The quarterly tax report is due on Friday.", result.hits().getFirst().message().content());
        assertEquals(2, stale(MINILM));
    }

    @Test
    void theFirstMessageOfASessionHasNoPreviousOne() {
        fixture.set("embedding.context=previous");
        add("The piano lessons begin at noon.");
        float[] known = chunk("The piano lessons begin at noon.").vector();
        SessionKey first = session;
        session = fixture.anotherSession(first);
        add("The piano lessons begin at noon.");

        List<Chunk> both = chunks();
        assertEquals(2, both.size());
        assertArrayEquals(known, both.getFirst().vector(), 1e-4f);
        assertArrayEquals(known, both.getLast().vector(), 1e-4f);
        assertEquals(Optional.empty(), fixture.store().messages().before(first, 1));
        assertEquals("The piano lessons begin at noon.",
                fixture.store().messages().before(first, 2).orElseThrow().content());
        assertEquals(Optional.empty(), fixture.store()
                .messages().before(new SessionKey(fixture.newSession("bob").userId(), first.sessionId()), 2));
    }
}
