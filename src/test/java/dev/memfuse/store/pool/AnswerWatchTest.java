package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the database is probed.
class AnswerWatchTest {
    private final AnswerWatch watch = new AnswerWatch();

    @ParameterizedTest(name = "{0} ms after the last answer, a lease of {1} ms, a wait of {2} ms: {3}")
    @CsvSource({"100, 0, 0, false", "100, 5000, 0, false", "500, 100, 0, false", "500, 500, 0, true",
            "500, 0, 500, true", "1500, 0, 0, true"})
    void callsWithoutAnAnswerAreAReason(long silent, long lease, long wait, boolean expected) {
        watch.note(true);
        watch.probed();
        long answered = System.nanoTime();

        assertEquals(expected, watch.needProbe(answered + nanos(silent), nanos(lease), nanos(wait)));
    }

    @Test
    void aStalledConnectionIsAReasonOnceASecondWhileOthersAreAnswered() {
        watch.probed();
        watch.note(true);
        long now = System.nanoTime();

        assertFalse(watch.needProbe(now, AnswerWatch.STALLED_NANOS, 0));
        assertTrue(watch.needProbe(now + nanos(1_100), AnswerWatch.STALLED_NANOS, 0));
    }

    @Test
    void aLostConnectionIsAReasonUntilACallIsAnswered() {
        watch.note(false);
        assertTrue(watch.needProbe(System.nanoTime(), 0, 0));

        watch.note(true);
        assertFalse(watch.needProbe(System.nanoTime(), 0, 0));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
