package dev.memfuse.engine.memory.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.FakeEmbeddingModel;
import org.junit.jupiter.api.Test;

class EncoderTest {

    @Test
    void equalTextsAreEmbeddedOnce() {
        FakeEmbeddingModel model = new FakeEmbeddingModel("hand@1", 256);
        try (EmbeddingPool pool = new EmbeddingPool(1)) {
            List<float[]> vectors = new Encoder(() -> model, pool).embed(List.of("a", "bb", "a", "ccc", "bb"));

            assertEquals(List.of(1f, 2f, 1f, 3f, 2f), vectors.stream().map(vector -> vector[0]).toList());
            assertEquals(3, model.batches.stream().mapToInt(List::size).sum());
        }
    }
}
