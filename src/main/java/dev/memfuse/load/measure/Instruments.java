package dev.memfuse.load.measure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.LeaseStats;
import dev.memfuse.metrics.MetricsHub;

/// What is watched beside the operations while a load runs: the pool, the leases, pauses, and the time line that ticks
/// once per second. Owns the threads `load-timeline` and `load-hiccups`.
public final class Instruments implements AutoCloseable {
    private final MetricsHub hub;
    private final PoolWatch pool;
    private final HiccupMeter hiccups = new HiccupMeter();
    private final Timeline timeline;
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("load-timeline").factory());
    private LeaseStats leases;
    private long gcMillis;

    public Instruments(MetricsHub hub, Measurements measurements) {
        this.hub = hub;
        this.pool = new PoolWatch(hub);
        this.timeline = new Timeline(measurements, pool);
        this.leases = hub.tallyLeases();
    }

    public void start() {
        hiccups.start();
        ticker.scheduleAtFixedRate(timeline::cut, 1, 1, TimeUnit.SECONDS);
    }

    /// Forgets what was seen in the warm-up.
    public void startMeasuring() {
        timeline.startMeasuring();
        leases.close();
        leases = hub.tallyLeases();
        hiccups.take();
        gcMillis = totalGcMillis();
    }

    public Timeline timeline() {
        return timeline;
    }

    /// Leases since [#startMeasuring].
    public LeaseStats leases() {
        return leases;
    }

    /// The longest pause since [#startMeasuring] in milliseconds. Call once.
    public double longestHiccupMs() {
        return hiccups.take().getMaxValue() / 1e6;
    }

    /// Time in garbage collection since [#startMeasuring].
    public long gcMillis() {
        return totalGcMillis() - gcMillis;
    }

    private static long totalGcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).filter(millis -> millis > 0).sum();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        hiccups.close();
        leases.close();
        pool.close();
    }
}
