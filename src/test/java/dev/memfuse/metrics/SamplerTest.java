package dev.memfuse.metrics;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.alert.AlertLimits;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
    private final PerformanceMonitor monitor = new PerformanceMonitor(hub,
            () -> new AlertLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0.4, 1));

    private Sampler start() {
        return new Sampler(hub, () -> tunables.get().monitoring().sampleRate(), monitor::evaluate, Clock.systemUTC());
    }

    private void rate(int perSecond) {
        tunables.apply("test", config -> ConfigValues.with(config, "monitoring.sample_rate", perSecond));
    }

    private static List<Double> intervals(SnapshotInbox inbox, int count) {
        List<Double> intervals = new ArrayList<>();
        await("snapshots", () -> {
            for (MetricsSnapshot next = inbox.poll(); next != null; next = inbox.poll()) {
                intervals.add(next.intervalSeconds());
            }
            return intervals.size() >= count;
        });
        return intervals.stream().sorted().toList();
    }

    @Test
    void followsTheSampleRate() {
        rate(20);
        SnapshotInbox inbox = hub.subscribe(100);
        try (Sampler _ = start()) {
            List<Double> fast = intervals(inbox, 9);
            assertEquals(0.05, fast.get(fast.size() / 2), 0.03);

            rate(4);
            intervals(inbox, 1);
            List<Double> slow = intervals(inbox, 3);
            assertEquals(0.25, slow.get(slow.size() / 2), 0.05);
        }
    }

    @Test
    void publishesRatesAndPercentilesOfACompleteSecondAndEvaluatesThem() {
        AtomicInteger active = new AtomicInteger(3);
        hub.poolGauges(new PoolGauges() {
            @Override
            public int active() {
                return active.get();
            }
        });
        hub.bufferGauges(() -> new BufferSample(1, 2, 3, 4, 5));
        rate(20);
        for (int i = 0; i < 10; i++) {
            hub.end(hub.begin(Operation.ADD), i < 5);
        }
        hub.leased(5_000_000, 7_000_000);
        hub.leaseTimedOut(1_000);
        System.gc();
        try (Sampler _ = start()) {
            await("a complete second", () -> hub.history().stream().anyMatch(s -> !s.operations().isEmpty()));
            MetricsSnapshot snapshot = hub.history().stream().filter(s -> !s.operations().isEmpty()).findFirst()
                    .orElseThrow();

            assertEquals(10, snapshot.operation(Operation.ADD).throughput(), 1);
            assertEquals(5, snapshot.operation(Operation.ADD).errors(), 0.5);
            assertEquals(7_000_000.0, (double) snapshot.pool().holdP99(), 10_000.0);
            assertEquals(1, snapshot.pool().timeouts(), 0.1);
            assertEquals(3, snapshot.pool().active());
            assertEquals(new BufferSample(1, 2, 3, 4, 5), snapshot.buffers());
            assertTrue(snapshot.resources().heapUsed() > 0);
            await("the alert", () -> !monitor.active().isEmpty());

            await("the next second is empty", () -> hub.history().getLast().operations().equals(Map.of()));
            await("the alert ends", () -> monitor.active().isEmpty());
        }
    }
}
