package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.buffer.SpeculativeBuffer.Prediction;
import org.junit.jupiter.api.Test;

class SpeculativeBufferTest {
    private static final BufferConfig.SpeculativeBuffer LIMITS = limits(10, 3);

    private final SpeculativeBuffer buffer = new SpeculativeBuffer();

    private static BufferConfig.SpeculativeBuffer limits(int maxSize, int contextWindow) {
        return new BufferConfig.SpeculativeBuffer(true, maxSize, contextWindow);
    }

    private static List<NewMessage> messages(String... texts) {
        return Arrays.stream(texts).map(text -> NewMessage.of(Role.USER, text)).toList();
    }

    private void ask(String... texts) {
        for (String text : texts) {
            buffer.asked(QueryRequest.of(text, 5), LIMITS);
        }
    }

    private List<String> predicted(BufferConfig.SpeculativeBuffer limits) {
        return buffer.next(limits).orElseThrow().requests().stream().map(QueryRequest::text).toList();
    }

    @Test
    void whatWasAskedLastComesFirstAndThenWhatWasSaidLast() {
        ask("one", "two", "three", "one");
        buffer.written(messages("first", "second"), LIMITS);
        buffer.written(messages("third", "fourth"), LIMITS);

        assertEquals(List.of("one", "three", "two", "fourth", "third", "second"), predicted(LIMITS));
    }

    @Test
    void aRequestIsPredictedAsItWasAskedAndATextAsADefaultRequest() {
        QueryRequest request = QueryRequest.of("where", 7).withMaxTokens(100).explained();
        buffer.asked(request, LIMITS);
        buffer.written(messages("here"), LIMITS);

        assertEquals(List.of(request, QueryRequest.of("here", 0)), buffer.next(LIMITS).orElseThrow().requests());
    }

    @Test
    void thereAreNoMoreThanMaxSizeAndWhatWasSaidKeepsItsRoom() {
        ask("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        buffer.written(messages("a", "b", "c", "d"), LIMITS);

        assertEquals(List.of("12", "11", "10", "9", "8", "7", "6", "d", "c", "b"), predicted(LIMITS));
    }

    @Test
    void smallerLimitsHoldAtOnce() {
        ask("1", "2", "3");
        buffer.written(messages("a", "b", "c"), LIMITS);

        assertEquals(List.of("3", "c"), predicted(limits(2, 3)));
        buffer.written(messages("d"), limits(2, 1));
        assertEquals(List.of("3", "d"), predicted(limits(2, 1)));
        buffer.written(messages("e"), limits(3, 0));
        assertEquals(List.of("3", "2", "1"), predicted(limits(3, 0)));
        buffer.written(messages("f"), LIMITS);
        assertEquals(List.of("3"), predicted(limits(1, 3)));
    }

    @Test
    void blankAndRepeatedTextsAreNoQuestions() {
        ask("1");
        buffer.written(messages(" ", "same", "same"), LIMITS);

        assertEquals(List.of("1", "same"), predicted(LIMITS));
    }

    @Test
    void oneRunAtATimeTakesTheNewestPredictions() {
        ask("1");
        assertTrue(buffer.written(messages("a"), LIMITS));
        Prediction first = buffer.next(LIMITS).orElseThrow();
        assertFalse(buffer.overtaken(first));

        assertFalse(buffer.written(messages("b"), LIMITS));
        assertFalse(buffer.written(messages("c"), LIMITS));

        assertTrue(buffer.overtaken(first));
        assertEquals(List.of("1", "c", "b", "a"), predicted(LIMITS));
        assertEquals(Optional.empty(), buffer.next(LIMITS));
        assertTrue(buffer.written(messages("d"), LIMITS));
    }

    @Test
    void aRunThatFailedLeavesRoomForAnother() {
        ask("1");
        assertTrue(buffer.written(messages("a"), LIMITS));
        buffer.ended();

        assertTrue(buffer.written(messages("b"), LIMITS));
    }

    @Test
    void nothingIsPredictedForAUserWhoOnlyWrites() {
        assertFalse(buffer.written(messages("a"), LIMITS));
        ask("1");
        for (int i = 0; i < SpeculativeBuffer.PATIENCE; i++) {
            assertTrue(buffer.written(messages("b"), LIMITS));
            assertEquals(List.of("1", "b"), predicted(LIMITS).stream().filter(text -> !text.equals("a")).toList());
            assertEquals(Optional.empty(), buffer.next(LIMITS));
        }
        assertFalse(buffer.written(messages("c"), LIMITS));

        ask("1");
        assertTrue(buffer.written(messages("d"), LIMITS));
    }

    @Test
    void whatWasForgottenIsNotPredicted() {
        ask("1");
        buffer.written(messages("a"), LIMITS);
        buffer.forget();
        assertEquals(Optional.empty(), buffer.next(LIMITS));

        ask("2");
        buffer.written(messages("b"), LIMITS);
        assertEquals(List.of("2", "b"), predicted(LIMITS));
    }
}
