package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class UserBuffersTest {
    private static final BufferConfig.RoundBufferConfig ONE_ROUND = new BufferConfig.RoundBufferConfig(800, 1,
            "gpt-4o-mini");

    private final SessionKey session = Rounds.newSession();
    private final UserBuffers buffers = Rounds.buffers(session.userId());

    private void add(String content) {
        buffers.add(Rounds.saying(session, content), ONE_ROUND);
    }

    private List<Message.Origin> origins() {
        return buffers.messages(_ -> true).stream().map(Message::origin).toList();
    }

    @Test
    void reportsTheOriginOfEachMessage() {
        add("a");
        add("b");
        FlushBatch batch = buffers.takeIfFull(1).orElseThrow();
        add("c");

        assertEquals(List.of("a", "b", "c"), Rounds.contents(buffers));
        assertEquals(List.of(Message.Origin.IN_FLIGHT, Message.Origin.HYBRID_BUFFER, Message.Origin.ROUND_BUFFER),
                origins());
        assertEquals(new UserBuffers.Depth(1, 1, 1), buffers.depth());
        assertEquals(List.of("a"), List.of(Rounds.name(batch)));
    }

    @Test
    void holdsABatchUntilItIsStored() {
        add("a");
        FlushBatch batch = buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow();

        assertFalse(batch.done().isDone());
        buffers.stored(batch);

        assertTrue(batch.done().isDone());
        assertTrue(buffers.isEmpty());
    }

    /// Defect 5 of the original: buffers were cleared before the flush succeeded, and never filled again.
    @Test
    void aFailedBatchReturnsToTheFrontOfTheBuffer() {
        add("a");
        add("b");
        FlushBatch batch = buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow();
        add("c");
        add("d");

        buffers.restore(batch, new EngineException("The database is down."));

        assertEquals(List.of("a", "b", "c", "d"), Rounds.contents(buffers));
        assertTrue(batch.done().isCompletedExceptionally());
        assertEquals(List.of("a", "b", "c", "d"), buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow()
                .rounds().stream().map(Rounds::name).toList());
    }

    @Test
    void takesNothingWhenEmptyOrNotFull() {
        assertTrue(buffers.takeEverything(FlushBatch.Priority.LOW).isEmpty());
        add("a");
        assertTrue(buffers.takeIfFull(1).isEmpty());
    }

    @Test
    void takesTheHybridBufferByAgeAndBothAfterATimeWithoutWrites() {
        add("a");
        add("b");
        long now = System.nanoTime();

        assertTrue(buffers.takeIfDue(due(60, 1800), now + Duration.ofSeconds(59).toNanos()).isEmpty());
        FlushBatch aged = buffers.takeIfDue(due(60, 1800), now + Duration.ofSeconds(61).toNanos()).orElseThrow();
        assertEquals(FlushBatch.Priority.LOW, aged.priority());
        assertEquals(1, aged.rounds().size());
        FlushBatch quiet = buffers.takeIfDue(due(60, 1800), now + Duration.ofSeconds(1801).toNanos()).orElseThrow();
        assertEquals(FlushBatch.Priority.HIGH, quiet.priority());
        assertEquals("b", Rounds.name(quiet));
    }

    private static BufferConfig.PerformanceConfig due(int interval, int force) {
        return new BufferConfig.PerformanceConfig(true, Duration.ofSeconds(interval), Duration.ofSeconds(force), 1, 1,
                Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void removesFromBothBuffersWithinTheSession() {
        BufferedRound hybrid = Rounds.saying(session, "a", "b");
        BufferedRound round = Rounds.saying(session, "c");
        buffers.add(hybrid, ONE_ROUND);
        buffers.add(round, ONE_ROUND);
        List<UUID> ids = List.of(hybrid.messages().getFirst().id(), round.messages().getFirst().id());

        assertEquals(0, buffers.remove(new SessionKey(session.userId(), UUID.randomUUID()), ids).messages());
        assertEquals(2, buffers.remove(session, ids).messages());
        assertEquals(List.of("b"), Rounds.contents(buffers));
    }

    /// The transfer embeds without holding the lock, and a deletion in between must not be undone.
    @Test
    void attachingVectorsDoesNotRestoreADeletedMessage() {
        BufferedRound round = Rounds.saying(session, "secret", "harmless");
        buffers.add(round, ONE_ROUND);
        add("next");
        BufferedRound embedded = round.withChunks(List.of());

        buffers.remove(session, List.of(round.messages().getFirst().id()));
        buffers.attach(Map.of(round.id(), embedded));

        assertEquals(List.of("harmless", "next"), Rounds.contents(buffers));
    }

    @RepeatedTest(20)
    void everyMessageIsInExactlyOneBufferUntilItIsStored(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> expected = new ArrayList<>();
        List<FlushBatch> flying = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    SessionKey to = random.nextInt(4) == 0
                            ? new SessionKey(session.userId(), new UUID(0, random.nextInt(3)))
                            : session;
                    buffers.add(Rounds.saying(to, "m" + step), Rounds.MEMFUSE);
                    expected.add("m" + step);
                }
                case 2 -> buffers.takeIfFull(3).ifPresent(flying::add);
                case 3 -> buffers.takeEverything(FlushBatch.Priority.LOW).ifPresent(flying::add);
                default -> {
                    if (!flying.isEmpty()) {
                        endOldest(flying, expected, random.nextBoolean());
                    }
                }
            }
            assertEquals(expected.stream().sorted().toList(), Rounds.contents(buffers).stream().sorted().toList());
        }
    }

    private void endOldest(List<FlushBatch> flying, List<String> expected, boolean stored) {
        FlushBatch batch = flying.removeFirst();
        if (stored) {
            buffers.stored(batch);
            batch.rounds().forEach(round -> expected.remove(Rounds.name(round)));
        } else {
            buffers.restore(batch, new EngineException("The database is down."));
        }
        assertEquals(flying.size(), buffers.pending().size());
        assertEquals(Optional.empty(), buffers.takeIfFull(Integer.MAX_VALUE));
    }
}
