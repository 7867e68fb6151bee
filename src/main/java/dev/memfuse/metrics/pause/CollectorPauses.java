package dev.memfuse.metrics.pause;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// The pauses of the garbage collector of this process. Thread-safe.
public final class CollectorPauses {
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(CollectorPauses::pausing).toList();

    /// Returns whether the times of a collector are pauses: some count cycles beside the running program.
    private static boolean pausing(GarbageCollectorMXBean collector) {
        return !collector.getName().contains("Concurrent") && !collector.getName().contains("Cycles");
    }

    /// Returns the milliseconds of pauses since the start of the process.
    public long totalMillis() {
        return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).filter(millis -> millis > 0)
                .sum();
    }
}
