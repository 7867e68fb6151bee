package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class FxDebouncerTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch ran = new CountDownLatch(1);

    @Test
    void runsOnceAfterASeriesOfRequests() throws InterruptedException {
        FxDebouncer debouncer = debouncer(Duration.ofMillis(50));
        OnFx.run(() -> {
            debouncer.request();
            debouncer.request();
            debouncer.request();
        });
        assertTrue(ran.await(10, TimeUnit.SECONDS));
        assertEquals(1, OnFx.get(runs::get));
    }

    @Test
    void aCancelledRequestDoesNotRun() throws InterruptedException {
        FxDebouncer cancelled = OnFx.get(() -> new FxDebouncer(Duration.ofMillis(20), runs::incrementAndGet));
        FxDebouncer later = debouncer(Duration.ofMillis(100));
        OnFx.run(() -> {
            cancelled.request();
            later.request();
            cancelled.cancel();
        });
        assertTrue(ran.await(10, TimeUnit.SECONDS));
        assertEquals(1, OnFx.get(runs::get));
    }

    private FxDebouncer debouncer(Duration delay) {
        return OnFx.get(() -> new FxDebouncer(delay, () -> {
            runs.incrementAndGet();
            ran.countDown();
        }));
    }
}
