package dev.memfuse.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // close() is what the tests are about
class StopOnInterruptTest {

    @Test
    void workThatGoesOnInAnotherPartIsStoppedAgain() throws InterruptedException {
        try (StopOnInterrupt interrupt = new StopOnInterrupt(Duration.ofMillis(50))) {
            CountDownLatch stoppedThreeTimes = new CountDownLatch(3);
            interrupt.stopWith(stoppedThreeTimes::countDown);

            Thread hook = Thread.ofVirtual().start(interrupt::shutDown);

            assertTrue(stoppedThreeTimes.await(20, TimeUnit.SECONDS));
            interrupt.close();
            hook.join();
        }
    }

    @Test
    void workThatEndsSoonIsStoppedOnce() throws InterruptedException {
        AtomicInteger stops = new AtomicInteger();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(Duration.ofMinutes(1))) {
            interrupt.stopWith(() -> {
                stops.incrementAndGet();
                interrupt.close();
            });

            interrupt.shutDown();
        }

        assertEquals(1, stops.get());
    }
}
