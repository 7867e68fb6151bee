package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.QueryResult;
import org.junit.jupiter.api.Test;

class QueryBufferTest {
    private static final QueryResult ANSWER = new QueryResult(List.of(), 7, false);

    private final QueryBuffer buffer = new QueryBuffer();

    private void remember(String text, int topK, int capacity) {
        buffer.remember(text, topK, ANSWER, buffer.version(), capacity);
    }

    @Test
    void remembersAnEqualQueryOnly() {
        remember("cats", 5, 10);

        assertEquals(Optional.of(ANSWER), buffer.find("cats", 5, 10));
        assertEquals(Optional.empty(), buffer.find("cats", 6, 10));
        assertEquals(Optional.empty(), buffer.find("dogs", 5, 10));
    }

    /// Defect 16 of the original: nothing invalidated its cache.
    @Test
    void forgetsWhenTheUserWrites() {
        remember("cats", 5, 10);
        buffer.written();

        assertEquals(Optional.empty(), buffer.find("cats", 5, 10));
    }

    @Test
    void neverGivesAnAnswerThatAWriteOvertook() {
        long before = buffer.version();
        buffer.written();
        buffer.remember("cats", 5, ANSWER, before, 10);

        assertEquals(Optional.empty(), buffer.find("cats", 5, 10));
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        for (int i = 0; i < 50; i++) {
            remember("q" + i, 5, 3);
        }
        long kept = java.util.stream.IntStream.range(0, 50).filter(i -> buffer.find("q" + i, 5, 3).isPresent()).count();

        assertEquals(3, kept);
    }

    @Test
    void aCapacityOfZeroForgetsAtOnce() {
        remember("cats", 5, 10);

        assertEquals(Optional.empty(), buffer.find("cats", 5, 0));
        remember("dogs", 5, 0);
        assertEquals(Optional.empty(), buffer.find("dogs", 5, 10));
    }
}
