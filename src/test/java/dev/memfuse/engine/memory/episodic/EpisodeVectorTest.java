package dev.memfuse.engine.memory.episodic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.RoundVectors.Stored;
import org.junit.jupiter.api.Test;

class EpisodeVectorTest {
    private static final String WANTED = "new@1";

    private static Stored stored(String model, float... vector) {
        return new Stored(List.of(UUID.randomUUID()), vector, model);
    }

    private static Chunk created(float... vector) {
        return new Chunk(UUID.randomUUID(), List.of(UUID.randomUUID()), "text", "message", 1, vector, WANTED);
    }

    @Test
    void isTheNormalisedMeanOfStoredAndNewChunks() {
        EpisodeVector episode = EpisodeVector.of(List.of(stored(WANTED, 1, 0)), List.of(created(0, 1), created(0, 1)),
                WANTED);

        assertArrayEquals(new float[]{(float) (1 / Math.sqrt(5)), (float) (2 / Math.sqrt(5))}, episode.vector(), 1e-6f);
        assertEquals("new@1+mean1", episode.model());
    }

    @Test
    void vectorsOfTwoModelsAreNeverCombined() {
        EpisodeVector episode = EpisodeVector.of(List.of(stored("old@1", 1, 0, 0)), List.of(created(0, 1)), WANTED);

        assertArrayEquals(new float[]{0, 1}, episode.vector());
        assertEquals("new@1+mean1", episode.model());
    }

    @Test
    void withoutAVectorOfTheConfiguredModelItKeepsTheNameOfTheirs() {
        EpisodeVector episode = EpisodeVector.of(List.of(stored("old@1", 0.6f, 0.8f)), List.of(), WANTED);

        assertArrayEquals(new float[]{0.6f, 0.8f}, episode.vector(), 1e-6f);
        assertEquals("old@1+mean1", episode.model());
    }

    @Test
    void oppositeVectorsGiveTheFirst() {
        assertArrayEquals(new float[]{1, 0},
                EpisodeVector.of(List.of(), List.of(created(1, 0), created(-1, 0)), WANTED).vector());
    }
}
