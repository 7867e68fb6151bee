package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

/// Positions on a clock that the test sets.
class ReadPositionsTest {
    private static final UUID USER = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final AtomicLong clock = new AtomicLong(-500);
    private final ReadPositions positions = new ReadPositions(clock::get);

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void position(long lsn) {
        positions.add(clock.get(), lsn);
        pass(1);
    }

    @Test
    void withoutAPositionThePrimaryServerAnswers() {
        assertEquals(OptionalLong.empty(), positions.required(USER));
        assertTrue(positions.isDue(true));
    }

    @Test
    void aPositionFromBeforeAWriteDoesNotContainIt() {
        position(10);
        positions.wrote(USER);

        assertEquals(OptionalLong.empty(), positions.required(USER));
        assertEquals(OptionalLong.of(10), positions.required(OTHER));

        pass(1);
        position(20);
        position(30);

        assertEquals(OptionalLong.of(20), positions.required(USER), "the oldest that contains the write");
        assertEquals(OptionalLong.of(10), positions.required(OTHER));
    }

    @Test
    void aWriteOfSomeUsersHoldsForAll() {
        position(10);
        positions.wroteOthers();

        assertEquals(OptionalLong.empty(), positions.required(USER));
        pass(1);
        position(20);
        assertEquals(OptionalLong.of(20), positions.required(OTHER));
    }

    @Test
    void aReplicaThatLagsForLongerThanTheMaximumAgeMayNotAnswer() {
        position(10);
        pass(3_000);
        position(20);
        pass(1_900);
        assertEquals(OptionalLong.of(10), positions.required(USER));

        pass(200);
        assertEquals(OptionalLong.of(20), positions.required(USER), "10 is 5.1 s old");

        pass(5_000);
        assertEquals(OptionalLong.empty(), positions.required(USER), "all are older than 5 s");
    }

    @Test
    void aForgottenWriteIsOlderThanEveryPermittedPosition() {
        position(10);
        positions.wrote(USER);
        for (int second = 0; second < 20; second++) {
            pass(1_000);
            position(100 + second);
            assertTrue(positions.required(USER).orElseThrow() >= 100, "after " + second + " s");
        }
    }

    @Test
    void positionsAreAskedForOnceASecondAndSoonerWhereOneIsMissing() {
        position(10);
        assertFalse(positions.isDue(false));
        assertFalse(positions.isDue(true));
        pass(100);
        assertTrue(positions.isDue(true));
        assertFalse(positions.isDue(false));
        pass(900);
        assertTrue(positions.isDue(false));
    }
}
