package dev.memfuse.engine.memory.episodic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.memory.episodic.ChunkMaker.Text;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import dev.memfuse.engine.spi.Chunk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkMakerTest {
    private static OnnxEmbeddingModel model;
    private static EmbeddingPool pool;

    @BeforeAll
    static void load() {
        model = OnnxEmbeddingModel.load(EmbeddingModelKind.ALL_MINILM_L6_V2);
        pool = new EmbeddingPool(2);
    }

    @AfterAll
    static void close() {
        pool.close();
        model.close();
    }

    private static Text text(String content) {
        return new Text(UUID.randomUUID(), Role.USER, content);
    }

    private static List<Chunk> make(List<Text> texts, ChunkStrategy strategy) {
        return new ChunkMaker(pool).make(texts, strategy, model);
    }

    @Test
    void makesOneChunkPerMessage() {
        List<Text> texts = List.of(text("one"), text("two"));

        List<Chunk> chunks = make(texts, ChunkStrategy.MESSAGE);

        assertEquals(List.of("one", "two"), chunks.stream().map(Chunk::content).toList());
        assertEquals(List.of(List.of(texts.get(0).messageId()), List.of(texts.get(1).messageId())),
                chunks.stream().map(Chunk::messageIds).toList());
        assertEquals("message", chunks.getFirst().strategy());
        assertEquals(model.name(), chunks.getFirst().model());
    }

    @Test
    void fillsTheWindowWithTheMessagesOfARound() {
        List<Text> texts = List.of(text("one"), text("two"));

        List<Chunk> chunks = make(texts, ChunkStrategy.TOKEN_BASED);

        assertEquals(List.of("[USER]: one\n\n[USER]: two"), chunks.stream().map(Chunk::content).toList());
        assertEquals(texts.stream().map(Text::messageId).toList(), chunks.getFirst().messageIds());
        assertEquals("token_based", chunks.getFirst().strategy());
    }

    /// The original made chunks of 800 tokens for an encoder with a window of 256.
    @ParameterizedTest
    @EnumSource(ChunkStrategy.class)
    void chunksFitTheWindowAndCoverEveryMessage(ChunkStrategy strategy) {
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            texts.add(text("The history of lighthouse " + i + " goes on and on. ".repeat(1 + i * i)));
        }

        List<Chunk> chunks = make(texts, strategy);

        for (Chunk chunk : chunks) {
            assertTrue(chunk.tokens() <= model.window(), chunk.tokens() + " tokens");
            assertEquals(model.countTokens(chunk.content()), chunk.tokens());
            assertEquals(model.dimension(), chunk.vector().length);
        }
        assertEquals(texts.stream().map(Text::messageId).toList(),
                chunks.stream().flatMap(chunk -> chunk.messageIds().stream()).distinct().toList());
    }
}
