package dev.memfuse.background;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class LogLimiterTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final List<String> lines = new ArrayList<>();
    private final LogLimiter limiter = new LogLimiter(Duration.ofSeconds(10), clock::get,
            (events, summary, reason) -> lines.add((summary ? "and " : "") + events + " " + reason));

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
        limiter.tick();
    }

    @Test
    void theFirstEventIsLoggedAtOnceAndThoseOfAnIntervalAsOneLine() {
        for (int i = 0; i < 1_000; i++) {
            limiter.event("r" + i);
        }
        assertEquals(List.of("1 r0"), lines);

        pass(9);
        assertEquals(1, lines.size());
        pass(1);

        assertEquals(List.of("1 r0", "and 999 r999"), lines);
    }

    @Test
    void afterAQuietIntervalTheNextEventIsLoggedAtOnce() {
        limiter.event("a");
        pass(10);
        limiter.event("b");

        assertEquals(List.of("1 a", "1 b"), lines);
    }

    @Test
    void anIntervalEndsWithoutATickToo() {
        limiter.event("a");
        limiter.event("b");
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        limiter.event("c");
        pass(10);

        assertEquals(List.of("1 a", "and 1 b", "and 1 c"), lines);
    }
}
