package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.SpeculationStats;
import org.junit.jupiter.api.Test;

class QueryBufferTest {
    private static final QueryResult ANSWER = new QueryResult(List.of(), 7, 0, 0, false, false);

    private final SpeculationStats speculation = new SpeculationStats();
    private final QueryBuffer buffer = new QueryBuffer(speculation);

    private Optional<QueryResult> get(QueryBuffer.Key key, int capacity) {
        return buffer.get(key, capacity, () -> OptionalLong.of(7));
    }

    private static QueryBuffer.Key key(String text, int topK) {
        return new QueryBuffer.Key(QueryRequest.of(text, topK), "rules");
    }

    private void put(String text, int topK, int capacity) {
        buffer.put(key(text, topK), ANSWER, buffer.version(), 7, capacity);
    }

    @Test
    void returnsTheAnswerOfAnEqualQueryOnly() {
        put("cats", 5, 10);

        assertEquals(Optional.of(ANSWER), get(key("cats", 5), 10));
        assertEquals(Optional.empty(), get(key("cats", 6), 10));
        assertEquals(Optional.empty(), get(key("dogs", 5), 10));
    }

    @Test
    void aPrefetchedAnswerCountsAsUsedOnce() {
        buffer.putPrefetched(key("cats", 5), ANSWER, buffer.version(), 7, 10);
        assertTrue(buffer.contains(key("cats", 5)));
        assertEquals(new SpeculationStats.Counts(1, 0, 0), speculation.counts());

        assertEquals(Optional.of(ANSWER), get(key("cats", 5), 10));
        assertEquals(Optional.of(ANSWER), get(key("cats", 5), 10));
        buffer.clear();

        assertEquals(new SpeculationStats.Counts(1, 1, 0), speculation.counts());
    }

    @Test
    void aPrefetchedAnswerIsWastedAfterAWrite() {
        long before = buffer.version();
        buffer.putPrefetched(key("kept", 5), ANSWER, before, 7, 10);
        buffer.invalidate();
        buffer.putPrefetched(key("late", 5), ANSWER, before, 7, 10);

        assertFalse(buffer.contains(key("kept", 5)));
        assertEquals(Optional.empty(), get(key("kept", 5), 10));
        assertEquals(Optional.empty(), get(key("late", 5), 10));
        buffer.evictStale();
        assertEquals(new SpeculationStats.Counts(2, 0, 2), speculation.counts());
    }

    @Test
    void aPrefetchedAnswerBeyondTheCapacityIsWasted() {
        for (int i = 0; i < 20; i++) {
            buffer.putPrefetched(key("q" + i, 5), ANSWER, buffer.version(), 7, 3);
        }
        buffer.putPrefetched(key("none", 5), ANSWER, buffer.version(), 7, 0);

        assertEquals(new SpeculationStats.Counts(21, 0, 21), speculation.counts());
    }

    @Test
    void evictsStaleAnswersOnly() {
        put("old", 5, 10);
        buffer.invalidate();
        put("new", 5, 10);

        buffer.evictStale();

        assertEquals(Optional.of(ANSWER), get(key("new", 5), 10));
    }

    @Test
    void everyPartOfARequestIsPartOfTheKey() {
        QueryRequest request = QueryRequest.of("cats", 5);
        buffer.put(new QueryBuffer.Key(request, "rules"), ANSWER, buffer.version(), 7, 10);

        assertEquals(Optional.of(ANSWER), get(new QueryBuffer.Key(request, "rules"), 10));
        QueryFilter later = new QueryFilter(Set.of(), Set.of(), Optional.of(Instant.EPOCH), Optional.empty(),
                Set.of(MemoryLayer.M0));
        for (QueryRequest other : List.of(request.withMaxTokens(9), request.explained(), request.within(later))) {
            assertEquals(Optional.empty(), get(new QueryBuffer.Key(other, "rules"), 10));
        }
        assertEquals(Optional.empty(), get(new QueryBuffer.Key(request, "other rules"), 10));
    }

    /// Defect 16 of the original: nothing invalidated its cache.
    @Test
    void aWriteInvalidatesAnswers() {
        put("cats", 5, 10);
        buffer.invalidate();

        assertEquals(Optional.empty(), get(key("cats", 5), 10));
    }

    @Test
    void doesNotReturnAnAnswerFromBeforeAWrite() {
        long before = buffer.version();
        buffer.invalidate();
        buffer.put(key("cats", 5), ANSWER, before, 7, 10);

        assertEquals(Optional.empty(), get(key("cats", 5), 10));
    }

    @Test
    void keepsAtMostItsCapacity() {
        for (int i = 0; i < 50; i++) {
            put("q" + i, 5, 3);
        }
        long kept = IntStream.range(0, 50).filter(i -> get(key("q" + i, 5), 3).isPresent())
                .count();

        assertEquals(3, kept);
    }

    @Test
    void aCapacityOfZeroRemovesAllAnswers() {
        put("cats", 5, 10);

        assertEquals(Optional.empty(), get(key("cats", 5), 0));
        put("dogs", 5, 0);
        assertEquals(Optional.empty(), get(key("dogs", 5), 10));
    }

    @Test
    void aDeletionByAnotherProcessRemovesTheAnswers() {
        put("cats", 5, 10);
        put("dogs", 5, 10);

        assertEquals(Optional.empty(), buffer.get(key("cats", 5), 10, () -> OptionalLong.of(8)));
        assertEquals(Optional.empty(), get(key("dogs", 5), 10));
    }

    @Test
    void anAnswerThatCannotBeCheckedIsDegraded() {
        put("cats", 5, 10);

        assertEquals(Optional.of(ANSWER.asDegraded()),
                buffer.get(key("cats", 5), 10, OptionalLong::empty));
    }
}
