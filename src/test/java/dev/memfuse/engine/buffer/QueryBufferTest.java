package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.SpeculationStats;
import org.junit.jupiter.api.Test;

class QueryBufferTest {
    private static final QueryResult ANSWER = new QueryResult(List.of(), 7, false, false);

    private final SpeculationStats speculation = new SpeculationStats();
    private final QueryBuffer buffer = new QueryBuffer(speculation);

    private static QueryBuffer.Key key(String text, int topK) {
        return new QueryBuffer.Key(QueryRequest.of(text, topK), "rules");
    }

    private void remember(String text, int topK, int capacity) {
        buffer.remember(key(text, topK), ANSWER, buffer.version(), capacity);
    }

    @Test
    void remembersAnEqualQueryOnly() {
        remember("cats", 5, 10);

        assertEquals(Optional.of(ANSWER), buffer.find(key("cats", 5), 10));
        assertEquals(Optional.empty(), buffer.find(key("cats", 6), 10));
        assertEquals(Optional.empty(), buffer.find(key("dogs", 5), 10));
    }

    @Test
    void anAnswerWorkedOutAheadCountsAsUsedOnceHoweverOftenItIsGiven() {
        buffer.prefetched(key("cats", 5), ANSWER, buffer.version(), 10);
        assertTrue(buffer.knows(key("cats", 5)));
        assertEquals(new SpeculationStats.Counts(1, 0, 0), speculation.counts());

        assertEquals(Optional.of(ANSWER), buffer.find(key("cats", 5), 10));
        assertEquals(Optional.of(ANSWER), buffer.find(key("cats", 5), 10));
        buffer.forget();

        assertEquals(new SpeculationStats.Counts(1, 1, 0), speculation.counts());
    }

    @Test
    void anAnswerWorkedOutAheadThatAWriteOvertookIsWastedAndNeverGiven() {
        long before = buffer.version();
        buffer.prefetched(key("kept", 5), ANSWER, before, 10);
        buffer.written();
        buffer.prefetched(key("late", 5), ANSWER, before, 10);

        assertFalse(buffer.knows(key("kept", 5)));
        assertEquals(Optional.empty(), buffer.find(key("kept", 5), 10));
        assertEquals(Optional.empty(), buffer.find(key("late", 5), 10));
        buffer.dropOld();
        assertEquals(new SpeculationStats.Counts(2, 0, 2), speculation.counts());
    }

    @Test
    void anAnswerWorkedOutAheadThatFindsNoRoomIsWasted() {
        for (int i = 0; i < 20; i++) {
            buffer.prefetched(key("q" + i, 5), ANSWER, buffer.version(), 3);
        }
        buffer.prefetched(key("none", 5), ANSWER, buffer.version(), 0);

        assertEquals(new SpeculationStats.Counts(21, 0, 21), speculation.counts());
    }

    @Test
    void onlyOldAnswersAreDroppedAsOld() {
        remember("old", 5, 10);
        buffer.written();
        remember("new", 5, 10);

        buffer.dropOld();

        assertEquals(Optional.of(ANSWER), buffer.find(key("new", 5), 10));
    }

    @Test
    void everythingInARequestMakesItAnotherOne() {
        QueryRequest request = QueryRequest.of("cats", 5);
        buffer.remember(new QueryBuffer.Key(request, "rules"), ANSWER, buffer.version(), 10);

        assertEquals(Optional.of(ANSWER), buffer.find(new QueryBuffer.Key(request, "rules"), 10));
        QueryFilter later = new QueryFilter(Set.of(), Set.of(), Optional.of(Instant.EPOCH), Optional.empty(),
                Set.of(MemoryLayer.M0));
        for (QueryRequest other : List.of(request.withMaxTokens(9), request.explained(), request.within(later))) {
            assertEquals(Optional.empty(), buffer.find(new QueryBuffer.Key(other, "rules"), 10));
        }
        assertEquals(Optional.empty(), buffer.find(new QueryBuffer.Key(request, "other rules"), 10));
    }

    /// Defect 16 of the original: nothing invalidated its cache.
    @Test
    void forgetsWhenTheUserWrites() {
        remember("cats", 5, 10);
        buffer.written();

        assertEquals(Optional.empty(), buffer.find(key("cats", 5), 10));
    }

    @Test
    void neverGivesAnAnswerThatAWriteOvertook() {
        long before = buffer.version();
        buffer.written();
        buffer.remember(key("cats", 5), ANSWER, before, 10);

        assertEquals(Optional.empty(), buffer.find(key("cats", 5), 10));
    }

    @Test
    void keepsNoMoreThanItsCapacity() {
        for (int i = 0; i < 50; i++) {
            remember("q" + i, 5, 3);
        }
        long kept = java.util.stream.IntStream.range(0, 50).filter(i -> buffer.find(key("q" + i, 5), 3).isPresent())
                .count();

        assertEquals(3, kept);
    }

    @Test
    void aCapacityOfZeroForgetsAtOnce() {
        remember("cats", 5, 10);

        assertEquals(Optional.empty(), buffer.find(key("cats", 5), 0));
        remember("dogs", 5, 0);
        assertEquals(Optional.empty(), buffer.find(key("dogs", 5), 10));
    }
}
