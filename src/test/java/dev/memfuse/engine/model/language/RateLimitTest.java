package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.engine.model.language.RateLimit.PerMinute;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private long now;
    private final List<Duration> pauses = new ArrayList<>();
    private final RateLimit limit = new RateLimit(() -> now, this::pause);

    private void pause(Duration time) {
        pauses.add(time);
        now += time.toNanos();
    }

    private void seconds(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void requestsWithinTheLimitDoNotWait() {
        for (int i = 0; i < 3; i++) {
            limit.acquire(10, new PerMinute(3, 1_000), LONG);
        }

        assertEquals(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO), pauses);
    }

    @Test
    void limitsTheRequestsInAnyMinute() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            limit.acquire(1, new PerMinute(7, 1_000), LONG);
            times.add(now);
            seconds(i % 4);
        }

        for (int i = 7; i < times.size(); i++) {
            assertTrue(times.get(i) - times.get(i - 7) >= RateLimit.WINDOW.toNanos(), "request " + i);
        }
    }

    @Test
    void limitsTheTokensInAnyMinute() {
        limit.acquire(600, new PerMinute(100, 1_000), LONG);
        seconds(10);
        limit.acquire(300, new PerMinute(100, 1_000), LONG);
        limit.acquire(200, new PerMinute(100, 1_000), LONG);

        assertEquals(Duration.ofSeconds(50), pauses.getLast());
        limit.acquire(600, new PerMinute(100, 1_000), LONG);
        assertEquals(Duration.ofSeconds(10), pauses.getLast());
    }

    @Test
    void refusesATooLongWaitAtOnceWithoutAGrant() {
        limit.acquire(1, new PerMinute(1, 1_000), LONG);

        LanguageModelException refused = assertThrows(LanguageModelException.class,
                () -> limit.acquire(1, new PerMinute(1, 1_000), Duration.ofSeconds(5)));

        assertEquals("The limits of requests and tokens per minute allow no other call now.",
                refused.getMessage());
        seconds(60);
        limit.acquire(1, new PerMinute(1, 1_000), Duration.ZERO);
        assertEquals(Duration.ZERO, pauses.getLast());
    }

    @Test
    void refusesARequestLargerThanTheLimit() {
        assertTrue(String
                .valueOf(assertThrows(LanguageModelException.class,
                        () -> limit.acquire(1_001, new PerMinute(1, 1_000), LONG)).getMessage())
                .startsWith("One request needs 1001 tokens"));
    }

    @Test
    void appliesARaisedLimitAtOnce() {
        limit.acquire(1, new PerMinute(1, 1_000), LONG);

        limit.acquire(1, new PerMinute(2, 1_000), Duration.ZERO);

        assertEquals(Duration.ZERO, pauses.getLast());
    }
}
