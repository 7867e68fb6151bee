package dev.memfuse.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.metrics.MetricsSnapshot.ResourceSample;
import dev.memfuse.metrics.pause.CollectorPauses;
import dev.memfuse.metrics.pause.HiccupMeter;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures the resources that the program used in each second, and its pauses. Owns the thread `metrics-hiccups`. For
/// one thread.
final class ResourceMeter implements AutoCloseable {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    /// Always measured, so that it must cost little: 0.4 to 1.0 % of a processor of two were measured; with 20 ms 0.3
    /// to 0.4 %.
    private static final Duration HICCUP_INTERVAL = Duration.ofMillis(5);

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final List<MemoryPoolMXBean> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CollectorPauses pauses = new CollectorPauses();
    private final HiccupMeter hiccups = new HiccupMeter("metrics-hiccups", HICCUP_INTERVAL);
    private @Nullable Histogram recycled;
    private long processorBefore = system.getProcessCpuTime();
    private long collectionsBefore = collections();
    private long pausesBefore = pauses.totalMillis();

    void start() {
        hiccups.start();
    }

    /// Returns the heap as it is, without anything that a second measured.
    ResourceSample now() {
        return new ResourceSample(heapAfterCollection(), Runtime.getRuntime().maxMemory(), 0, 0);
    }

    /// Ends a second.
    ///
    /// @param seconds its measured length
    ResourceSample take(double seconds) {
        long collections = collections();
        long paused = pauses.totalMillis();
        Histogram hiccup = hiccups.take(recycled);
        recycled = hiccup;
        ResourceSample taken = new ResourceSample(heapAfterCollection(), Runtime.getRuntime().maxMemory(),
                processors(seconds), (collections - collectionsBefore) / seconds, (paused - pausesBefore) / seconds,
                hiccup.getMaxValue());
        collectionsBefore = collections;
        pausesBefore = paused;
        return taken;
    }

    /// Of the whole second: the platform's own figure is of the time since somebody last asked for it, and its clock
    /// is too coarse for a tick.
    private double processors(double seconds) {
        long nanos = system.getProcessCpuTime();
        double used = (nanos - processorBefore) / SECOND;
        processorBefore = nanos;
        return Math.clamp(used / (seconds * system.getAvailableProcessors()), 0, 1);
    }

    /// Returns the heap in use after the last collection: between collections it is normal that a heap fills up.
    private long heapAfterCollection() {
        long used = 0;
        for (MemoryPoolMXBean pool : heapPools) {
            MemoryUsage afterCollection = pool.getCollectionUsage();
            used += afterCollection == null ? 0 : afterCollection.getUsed();
        }
        return used;
    }

    private long collections() {
        long total = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            total += Math.max(0, collector.getCollectionTime());
        }
        return total;
    }

    @Override
    public void close() {
        hiccups.close();
    }
}
