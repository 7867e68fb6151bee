package dev.memfuse.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration PLANNED = Duration.ofSeconds(220);
    private static final int PARTS = 10;

    @Test
    void isThePlannedTimeUntilThePartsTellTheirs() {
        assertEquals(PLANNED.minusSeconds(5), TimeLeft.START.of(PLANNED, PARTS, 5 * SECOND));
        assertEquals(Duration.ofSeconds(160), new TimeLeft(2, 40 * SECOND).of(PLANNED, PARTS, 40 * SECOND));
    }

    @Test
    void fallsWithinAPartAndStandsStillWhileThePartTakesLonger() {
        TimeLeft afterTwo = new TimeLeft(2, 40 * SECOND);

        assertEquals(Duration.ofSeconds(150), afterTwo.of(PLANNED, PARTS, 50 * SECOND));
        assertEquals(Duration.ofSeconds(141), afterTwo.of(PLANNED, PARTS, 59 * SECOND));
        assertEquals(Duration.ofSeconds(140), afterTwo.of(PLANNED, PARTS, 5_000 * SECOND));
        assertEquals(Duration.ofSeconds(198), TimeLeft.START.of(PLANNED, PARTS, 5_000 * SECOND));
    }

    @Test
    void isThatOfTheWorkAfterTheLastPartInTheEndAndNeverBelowZero() {
        TimeLeft ended = new TimeLeft(10, 200 * SECOND);

        assertEquals(Duration.ofSeconds(25), ended.of(PLANNED, PARTS, Duration.ofSeconds(30), 205 * SECOND));
        assertEquals(Duration.ZERO, ended.of(PLANNED, PARTS, 5_000 * SECOND));
    }
}
