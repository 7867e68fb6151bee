package dev.memfuse.console.live;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.MetricsSnapshot.ResourceSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.slice.LatencySlice;
import org.HdrHistogram.Histogram;

/// Deterministic sample snapshots of an engine, ten snapshots per second: of about 5,000 operations per second, or of
/// [another rate][#LiveHistory(double)].
final class LiveHistory {
    static final int PER_SECOND = 10;
    /// Settings with durability journal.
    static final BufferConfig BUFFERS = new ConfigLoader().withOverrides(List.of("buffer.bypass_mode=false")).load()
            .buffer();
    /// A folder without recordings.
    static final Recordings NO_RECORDINGS = new Recordings(Path.of("target", "no-recordings"));
    private static final double MILLI = 1_000_000;
    /// Sum of the calls and flushes of a second without a burst.
    private static final double USUAL_RATE = 2_900 + 1_600 + 480 + 140;

    private final Random random = new Random(7);
    private final double scale;
    private Map<Operation, OperationSample> operations = Map.of();
    private Map<Stage, Double> stages = Map.of();
    private int waiting;

    LiveHistory() {
        this(USUAL_RATE);
    }

    /// @param rate operations per second
    LiveHistory(double rate) {
        scale = rate / USUAL_RATE;
    }

    /// Publishes `seconds` of history that end at `end`.
    void publish(MetricsHub hub, Instant end, int seconds) {
        int count = seconds * PER_SECOND;
        for (int i = 0; i <= count; i++) {
            SnapshotFeed.publish(hub, next(i, end.minusMillis((count - i) * 100L)));
        }
        for (int second = 0; second < seconds; second++) {
            SnapshotFeed.slice(hub, slice(end.minusSeconds(seconds - second), second));
        }
    }

    /// Returns a second whose latencies have two modes: of calls that wait for a connection and of the others.
    private MetricsSlice slice(Instant from, int second) {
        double burst = second % 37 == 5 ? 3 : 1;
        return SampleSlices.at(from).calls(Operation.ADD, spread(2_900 / burst, 0.8 * burst, 18 * burst),
                second > 60 ? spread(2_800 / burst, 4 * burst, 60) : LatencySlice.NONE, burst > 1 ? 4 : 0)
                .calls(Operation.QUERY, spread(1_600 / burst, 2.6 * burst, 30), LatencySlice.NONE, 0)
                .calls(Operation.LIST, spread(480, 1.1, 6), LatencySlice.NONE, 0)
                .stage(Stage.JOURNAL, 0.21 * 4_980).stage(Stage.ACQUIRE, 0.15 * burst * burst * 4_980)
                .stage(Stage.SQL, 0.72 * burst * 4_980).stage(Stage.EMBED, 0.38 * 4_980)
                .gauge(SliceGauge.ACTIVE, 14, 22 + burst).gauge(SliceGauge.WAITING, 0, 6 * burst - 6)
                .work(Work.STATEMENTS, 9_400).work(Work.ROWS, 61_000).work(Work.ROUND_TRIPS, 7_200)
                .leases(spread(4_900, 0.02 * burst * burst, 4), spread(4_900, 2.2 * burst, 12), 0).second();
    }

    private LatencySlice spread(double count, double fastMillis, double slowMillis) {
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < count * scale; i++) {
            double median = i % 25 == 0 ? slowMillis : fastMillis;
            histogram.recordValue((long) (median * Math.exp(0.35 * random.nextGaussian()) * MILLI));
        }
        return LatencySlice.of(histogram);
    }

    /// Returns a hub with marks 100, 48 and 31 seconds before `end`.
    static MetricsHub hub(Instant end) {
        var moving = new Instant[]{end};
        var hub = new MetricsHub(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return moving[0];
            }
        });
        moving[0] = end.minusSeconds(100);
        hub.mark(EventMark.Kind.LOAD, "Load started: mixed, 64 users, 5,000 ops/s");
        moving[0] = end.minusSeconds(48);
        hub.mark(EventMark.Kind.CHANGE, "postgres.pool_size: 20 → 30");
        moving[0] = end.minusSeconds(31);
        hub.mark(EventMark.Kind.ALERT, "p99 wait for a connection 12.4 ms over 10 ms");
        moving[0] = end;
        return hub;
    }

    /// Returns the snapshot number `index`; the figures of a second change with every tenth snapshot.
    MetricsSnapshot next(int index, Instant at) {
        if (index % PER_SECOND == 0) {
            double wave = 1 + 0.12 * Math.sin(index / 150.0) + 0.05 * random.nextGaussian();
            double burst = index / PER_SECOND % 37 == 5 ? 3 : 1;
            operations = operations(wave, burst);
            stages = stages(wave, burst);
        }
        waiting = (int) Math.max(0, waiting * 0.7 + random.nextInt(4) - 1.5 + (index % 370 == 55 ? 18 : 0));
        int active = Math.min(30, 14 + random.nextInt(9) + waiting);
        PoolSample pool = new PoolSample(active, 30 - active, waiting, 30, 2_000_000, 4_000_000, 0);
        int fill = index * 37 % 900;
        BufferSample buffers = new BufferSample(300 + fill, 900 + (int) (300 * Math.sin(index / 200.0)),
                40 + random.nextInt(60), random.nextInt(5), 120 + index / 60 % 90, 40 + index / 50 % 70, 12.5);
        return new MetricsSnapshot(at, 0.1, operations, stages, pool, buffers, journal(index),
                new ResourceSample((380L + index / 10 % 60) << 20, 1L << 30, 0.45 + 0.1 * Math.sin(index / 120.0), 2,
                        index / 10 % 11 == 3 ? 1.8 : 0, index / 10 % 17 == 6 ? 9_400_000 : 1_100_000));
    }

    /// Rounds pile up in the journal for six seconds of each minute and drain again.
    private static JournalSample journal(int index) {
        int rounds = Math.max(0, 90 - Math.abs(index % 600 - 300)) * 12 + index * 7 % 9;
        return new JournalSample(rounds, rounds * 1_900L, rounds / 250.0, rounds / 420.0,
                1_350_000 + 90_000L * (index / 10 % 5), false, false, 0, false, 400);
    }

    private Map<Operation, OperationSample> operations(double wave, double burst) {
        Map<Operation, OperationSample> next = new EnumMap<>(Operation.class);
        next.put(Operation.ADD, sample(2_900 * wave / Math.sqrt(burst), 0.8 * burst, burst > 1 ? 4 : 0));
        next.put(Operation.QUERY, sample(1_600 * wave / Math.sqrt(burst), 2.6 * burst, 0));
        next.put(Operation.LIST, sample(480 * wave, 1.1 * burst, 0));
        next.put(Operation.FLUSH, sample(140 * wave, 6 * burst, 0));
        return next;
    }

    private OperationSample sample(double rate, double medianMillis, double errors) {
        double median = medianMillis * (1 + 0.08 * random.nextGaussian());
        double p95 = median * (2.6 + 0.3 * random.nextDouble());
        double p99 = p95 * (1.7 + 0.8 * random.nextDouble());
        return new OperationSample(rate * scale, errors, (long) (median * MILLI), (long) (p95 * MILLI),
                (long) (p99 * MILLI),
                (long) (p99 * 2.2 * MILLI));
    }

    private Map<Stage, Double> stages(double wave, double burst) {
        Map<Stage, Double> next = new EnumMap<>(Stage.class);
        next.put(Stage.SERVICE, 0.04 * MILLI * wave);
        next.put(Stage.JOURNAL, 0.21 * MILLI * wave);
        next.put(Stage.BUFFER, 0.12 * MILLI * wave);
        next.put(Stage.ACQUIRE, 0.15 * MILLI * burst * burst * wave);
        next.put(Stage.SQL, 0.72 * MILLI * burst * wave);
        next.put(Stage.EMBED, 0.38 * MILLI * wave);
        next.put(Stage.INDEX, 0.06 * MILLI * wave);
        next.put(Stage.FUSE, 0.17 * MILLI * wave);
        next.put(Stage.OTHER, 0.05 * MILLI * wave);
        return next;
    }
}
