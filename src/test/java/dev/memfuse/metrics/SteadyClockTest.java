package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void countsOnWhenTheWallClockIsSet() {
        AtomicReference<Instant> wall = new AtomicReference<>(START);
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        Clock clock = SteadyClock.of(((InstantSource) wall::get).withZone(ZoneOffset.UTC), nanos::get);
        assertEquals(START, clock.instant());

        wall.set(START.plusSeconds(3600));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(START.plusSeconds(2), clock.instant());
        wall.set(START.minusSeconds(3600));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(START.plusSeconds(4), clock.instant());
        assertEquals(START.plusSeconds(4), clock.withZone(ZoneOffset.ofHours(2)).instant());
    }
}
