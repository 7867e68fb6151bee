package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LeaseStatsTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());

    @Test
    void addsUpTheLeasesOfItsIntervalOnly() {
        hub.leased(5_000_000, 1);
        LeaseStats stats = hub.collectLeases();
        hub.leased(1_000, 1);
        hub.leaseTimedOut(2_000);
        stats.close();
        hub.leased(3_000, 1);
        hub.leaseTimedOut(3_000);

        Histogram waits = stats.takeWaits();
        assertEquals(1, stats.timeouts());
        assertEquals(2, waits.getTotalCount());
        assertEquals(2_000.0, (double) waits.getMaxValue(), 2.0);
    }
}
