package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class FramePumpTest {
    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final List<Integer> batches = new ArrayList<>();

    @Test
    void handsOverABoundedNumberPerFrameOldestFirst() {
        List<Long> seconds = new ArrayList<>();
        OnFx.run(() -> {
            var pump = new FramePump(hub, batch -> {
                batches.add(batch.size());
                batch.forEach(snapshot -> seconds.add(snapshot.at().getEpochSecond()));
            });
            pump.start();
            publish(40);

            pump.drain();
            pump.drain();
            pump.drain();

            pump.stop();
        });

        assertEquals(List.of(FramePump.MAX_PER_FRAME, 40 - FramePump.MAX_PER_FRAME), batches);
        assertEquals(0L, seconds.getFirst());
        assertEquals(39L, seconds.getLast());
    }

    @Test
    void deliversInFramesByItself() throws InterruptedException {
        var delivered = new CountDownLatch(1);
        FramePump pump = OnFx.get(() -> {
            var created = new FramePump(hub, _ -> delivered.countDown());
            created.start();
            return created;
        });
        publish(1);

        boolean came = delivered.await(10, TimeUnit.SECONDS);

        OnFx.run(pump::stop);
        assertEquals(true, came);
    }

    @Test
    void deliversNothingAfterStop() {
        OnFx.run(() -> {
            var pump = new FramePump(hub, batch -> batches.add(batch.size()));
            pump.start();
            pump.stop();
            publish(3);
            pump.drain();
        });

        assertEquals(List.of(), batches);
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            SnapshotFeed.publish(hub, SnapshotFeed.idle(Instant.ofEpochSecond(i)));
        }
    }
}
