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
    private static final BufferConfig.SpeculativeBufferConfig LIMITS = limits(10, 3);

    private final SpeculativeBuffer buffer = new SpeculativeBuffer();

    private static BufferConfig.SpeculativeBufferConfig limits(int maxSize, int contextWindow) {
        return new BufferConfig.SpeculativeBufferConfig(true, maxSize, contextWindow);
    }

    private static List<NewMessage> messages(String... texts) {
        return Arrays.stream(texts).map(text -> NewMessage.of(Role.USER, text)).toList();
    }

    private void ask(String... texts) {
        for (String text : texts) {
            buffer.recordQuery(QueryRequest.of(text, 5), LIMITS);
        }
    }

    private List<String> predicted(BufferConfig.SpeculativeBufferConfig limits) {
        return buffer.next(limits).orElseThrow().requests().stream().map(QueryRequest::text).toList();
    }

    @Test
    void recentQueriesComeFirstThenRecentTexts() {
        ask("one", "two", "three", "one");
        buffer.recordWrite(messages("first", "second"), LIMITS);
        buffer.recordWrite(messages("third", "fourth"), LIMITS);

        assertEquals(List.of("one", "three", "two", "fourth", "third", "second"), predicted(LIMITS));
    }

    @Test
    void aQueryIsPredictedUnchangedAndATextAsADefaultRequest() {
        QueryRequest request = QueryRequest.of("where", 7).withMaxTokens(100).explained();
        buffer.recordQuery(request, LIMITS);
        buffer.recordWrite(messages("here"), LIMITS);

        assertEquals(List.of(request, QueryRequest.of("here", 0)), buffer.next(LIMITS).orElseThrow().requests());
    }

    @Test
    void returnsAtMostMaxSizePredictionsAndReservesRoomForTexts() {
        ask("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        buffer.recordWrite(messages("a", "b", "c", "d"), LIMITS);

        assertEquals(List.of("12", "11", "10", "9", "8", "7", "6", "d", "c", "b"), predicted(LIMITS));
    }

    @Test
    void smallerLimitsApplyAtOnce() {
        ask("1", "2", "3");
        buffer.recordWrite(messages("a", "b", "c"), LIMITS);

        assertEquals(List.of("3", "c"), predicted(limits(2, 3)));
        buffer.recordWrite(messages("d"), limits(2, 1));
        assertEquals(List.of("3", "d"), predicted(limits(2, 1)));
        buffer.recordWrite(messages("e"), limits(3, 0));
        assertEquals(List.of("3", "2", "1"), predicted(limits(3, 0)));
        buffer.recordWrite(messages("f"), LIMITS);
        assertEquals(List.of("3"), predicted(limits(1, 3)));
    }

    @Test
    void aTextServesTheQuestionThatLooksLikeIt() {
        ask("1");
        buffer.recordWrite(messages("where is jose\u0301"), LIMITS);

        assertEquals(QueryRequest.of("where is josé", 0), buffer.next(LIMITS).orElseThrow().requests().getLast());
    }

    @Test
    void blankAndRepeatedTextsAreNotPredicted() {
        ask("1");
        buffer.recordWrite(messages(" ", "same", "same"), LIMITS);

        assertEquals(List.of("1", "same"), predicted(LIMITS));
    }

    @Test
    void aSingleRunTakesTheNewestPredictions() {
        ask("1");
        assertTrue(buffer.recordWrite(messages("a"), LIMITS));
        Prediction first = buffer.next(LIMITS).orElseThrow();
        assertFalse(buffer.isStale(first));

        assertFalse(buffer.recordWrite(messages("b"), LIMITS));
        assertFalse(buffer.recordWrite(messages("c"), LIMITS));

        assertTrue(buffer.isStale(first));
        assertEquals(List.of("1", "c", "b", "a"), predicted(LIMITS));
        assertEquals(Optional.empty(), buffer.next(LIMITS));
        assertTrue(buffer.recordWrite(messages("d"), LIMITS));
    }

    @Test
    void aWriteAfterAFailedRunStartsAnother() {
        ask("1");
        assertTrue(buffer.recordWrite(messages("a"), LIMITS));
        buffer.endRun();

        assertTrue(buffer.recordWrite(messages("b"), LIMITS));
    }

    @Test
    void nothingIsPredictedForAUserWhoOnlyWrites() {
        assertFalse(buffer.recordWrite(messages("a"), LIMITS));
        ask("1");
        for (int i = 0; i < SpeculativeBuffer.MAX_UNANSWERED; i++) {
            assertTrue(buffer.recordWrite(messages("b"), LIMITS));
            assertEquals(List.of("1", "b"), predicted(LIMITS).stream().filter(text -> !text.equals("a")).toList());
            assertEquals(Optional.empty(), buffer.next(LIMITS));
        }
        assertFalse(buffer.recordWrite(messages("c"), LIMITS));

        ask("1");
        assertTrue(buffer.recordWrite(messages("d"), LIMITS));
    }

    @Test
    void clearedTextsAreNotPredicted() {
        ask("1");
        buffer.recordWrite(messages("a"), LIMITS);
        buffer.clear();
        assertEquals(Optional.empty(), buffer.next(LIMITS));

        ask("2");
        buffer.recordWrite(messages("b"), LIMITS);
        assertEquals(List.of("2", "b"), predicted(LIMITS));
    }
}
