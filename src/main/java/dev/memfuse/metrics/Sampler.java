package dev.memfuse.metrics;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundLoop;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.MetricsSnapshot.ResourceSample;
import dev.memfuse.metrics.pool.LeaseTimes;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Takes the snapshots: gauges at every tick, histograms, rates and the resources of the program once per second of
/// measured time. The platform's beans take longer than all other gauges, and their values change with a collection.
/// Owns the threads `metrics-sampler` and `metrics-hiccups`.
public final class Sampler implements AutoCloseable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MetricsHub hub;
    private final Consumer<MetricsSnapshot> onSecond;
    private final IntSupplier samplesPerSecond;
    private final Clock clock;
    private final BackgroundLoop loop = new BackgroundLoop("metrics-sampler", this::sample);
    private final SliceRecorder slice;
    private final @Nullable Histogram[] recycled = new Histogram[Operation.values().length];
    private @Nullable Histogram recycledWait;
    private @Nullable Histogram recycledHold;
    private final ResourceMeter meter = new ResourceMeter();
    private int rate = 1;
    private long due;
    private long secondStarted;
    private long completed;
    private long lastTick;
    private Map<Operation, OperationSample> operations = Map.of();
    private Map<Stage, Double> stages = Map.of();
    private PoolSample leases = PoolSample.NONE;
    private PoolSample pool = PoolSample.NONE;
    private BufferSample buffers = BufferSample.EMPTY;
    private JournalSample journal = JournalSample.EMPTY;
    private ResourceSample resources = new ResourceSample(0, 0, 0, 0);

    /// Starts sampling.
    ///
    /// @param samplesPerSecond samples per second, at least 1; read before each tick, so it may change while running
    /// @param onSecond called on the sampler's thread with the first snapshot after each complete second
    public Sampler(MetricsHub hub, IntSupplier samplesPerSecond, Consumer<MetricsSnapshot> onSecond, Clock clock) {
        this.hub = hub;
        this.samplesPerSecond = samplesPerSecond;
        this.onSecond = onSecond;
        this.clock = clock;
        slice = new SliceRecorder(hub, clock.instant());
        secondStarted = System.nanoTime();
        lastTick = secondStarted;
        due = secondStarted;
        resources = gauge("resources", meter::now, resources);
        meter.start();
        loop.start();
    }

    private boolean sample() {
        rate = gauge("sample rate", samplesPerSecond::getAsInt, rate);
        due += SECOND / Math.max(1, rate);
        long now = System.nanoTime();
        if (due - now < 0) {
            due = now;
        }
        for (long wait = due - System.nanoTime(); wait > 0 && !loop.closed(); wait = due - System.nanoTime()) {
            loop.parkNanos(wait);
        }
        if (!loop.closed()) {
            tick(System.nanoTime());
        }
        return true;
    }

    /// Reads a gauge. One that fails is reported and keeps its last value, so that the others stay visible.
    private static <T> T gauge(String name, Supplier<T> source, T last) {
        try {
            return source.get();
        } catch (Throwable e) {
            BackgroundHealth.report("metrics-sampler: " + name, e);
            return last;
        }
    }

    private void tick(long now) {
        // The tick that is nearest to the second, so that its length does not alternate between ten and eleven ticks.
        double seconds = (now - secondStarted) / (double) SECOND;
        boolean secondComplete = now - secondStarted >= SECOND - SECOND / Math.max(1, rate) / 2;
        if (secondComplete) {
            secondStarted = now;
            takeSecond(seconds);
            resources = gauge("resources", () -> meter.take(seconds), resources);
            completed++;
        }
        pool = gauge("pool", () -> sample(hub.pool()), pool);
        buffers = gauge("buffers", hub::buffered, buffers);
        journal = gauge("journal", hub::journal, journal);
        MetricsSnapshot snapshot = new MetricsSnapshot(clock.instant(), (now - lastTick) / (double) SECOND, operations,
                stages, pool, buffers, journal, resources, completed);
        lastTick = now;
        slice.gauges(snapshot);
        hub.publish(snapshot);
        if (secondComplete) {
            hub.slices().add(slice.end(snapshot.at(), seconds));
            onSecond.accept(snapshot);
        }
    }

    private PoolSample sample(PoolGauges gauges) {
        return new PoolSample(gauges.active(), gauges.idle(), gauges.waiting(), gauges.limit(), leases.waitP99(),
                leases.holdP99(), leases.timeouts(), leases.waits());
    }

    private void takeSecond(double seconds) {
        EnumMap<Operation, OperationSample> taken = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            int index = operation.ordinal();
            Histogram interval = hub.latencyOf(operation).getIntervalHistogram(recycled[index]);
            recycled[index] = interval;
            long errors = hub.takeErrors(operation);
            Histogram scheduled = slice.operation(operation, interval, errors);
            if (interval.getTotalCount() > 0) {
                taken.put(operation,
                        new OperationSample(interval.getTotalCount() / seconds, errors / seconds,
                                Percentiles.nanos(interval, 50), Percentiles.nanos(interval, 95),
                                Percentiles.nanos(interval, 99), interval.getMaxValue(),
                                interval.getTotalCount(), Percentiles.nanos(scheduled, 99)));
            }
        }
        operations = Map.copyOf(taken);
        stages = takeStages();
        Histogram wait = hub.leaseWait().getIntervalHistogram(recycledWait);
        Histogram hold = hub.leaseHold().getIntervalHistogram(recycledHold);
        hub.leaseTimes().add(LeaseTimes.Kind.ACQUIRE, wait);
        hub.leaseTimes().add(LeaseTimes.Kind.HOLD, hold);
        recycledWait = wait;
        recycledHold = hold;
        long timeouts = hub.takeLeaseTimeouts();
        slice.leases(wait, hold, timeouts);
        leases = new PoolSample(0, 0, 0, 0, Percentiles.nanos(wait, 99), Percentiles.nanos(hold, 99),
                timeouts / seconds, wait.getTotalCount());
    }

    private Map<Stage, Double> takeStages() {
        long count = hub.takeCallerOperations();
        EnumMap<Stage, Double> taken = new EnumMap<>(Stage.class);
        EnumMap<Stage, Long> sums = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            long nanos = hub.takeStageNanos(stage);
            if (nanos > 0) {
                sums.put(stage, nanos);
            }
            if (count > 0) {
                taken.put(stage, nanos / (double) count);
            }
        }
        slice.stages(count, sums);
        return Map.copyOf(taken);
    }

    /// Stops sampling; the history remains readable.
    @Override
    public void close() {
        loop.close();
        meter.close();
    }
}
