package dev.memfuse.load.measure;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.memfuse.load.RunCost;

/// Reads what a run costs this process. For the thread of the run.
public final class CostMeter {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long processor;
    private long allocated;

    /// Starts the measurement.
    public void start() {
        processor = SYSTEM.getProcessCpuTime();
        allocated = THREADS.getTotalThreadAllocatedBytes();
    }

    /// Returns the cost since [#start].
    ///
    /// @param storingNanos time from the end of the measured part until now
    public RunCost read(long storingNanos) {
        return new RunCost(Math.max(0, SYSTEM.getProcessCpuTime() - processor),
                Math.max(0, THREADS.getTotalThreadAllocatedBytes() - allocated), Math.max(0, storingNanos));
    }
}
