package dev.memfuse.load.measure;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.LoadData.DatabaseWork;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.RunCost;
import dev.memfuse.metrics.LeaseStats;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.WorkCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a run costs this process and the database server, from its construction on. For the thread of the run.
public final class CostMeter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CostMeter.class);
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final DatabaseWork UNKNOWN = new DatabaseWork(-1, -1);

    private final LoadData database;
    private final DatabaseWork work;
    private final LeaseStats leases;
    private final MetricsHub hub;
    private final WorkCounts before;
    private final long processor = SYSTEM.getProcessCpuTime();
    private final long allocated = THREADS.getTotalThreadAllocatedBytes();

    /// Starts the measurement. Blocks for the database.
    public CostMeter(LoadData database, MetricsHub hub) {
        this.database = database;
        work = work();
        leases = hub.collectLeases();
        this.hub = hub;
        before = hub.work().counts();
    }

    /// Returns the cost until now. Call once; blocks for the database.
    ///
    /// @param operations operations that ended since the start
    /// @param storingNanos time from the end of the measured part until now
    public RunCost read(long operations, long storingNanos) {
        WorkCounts counted = hub.work().counts().since(before);
        long leased = leases.takeWaits().getTotalCount();
        DatabaseWork now = work.equals(UNKNOWN) ? UNKNOWN : work();
        boolean known = !now.equals(UNKNOWN);
        return new RunCost(operations, Math.max(0, SYSTEM.getProcessCpuTime() - processor),
                Math.max(0, THREADS.getTotalThreadAllocatedBytes() - allocated), leased,
                known ? now.writeTransactions() - work.writeTransactions() : -1,
                known ? now.walBytes() - work.walBytes() : -1, Math.max(0, storingNanos), counted);
    }

    private DatabaseWork work() {
        try {
            return database.work();
        } catch (EngineException e) {
            LOG.warn("Load: the work of the database is not known. {}", e.getMessage());
            return UNKNOWN;
        }
    }

    @Override
    public void close() {
        leases.close();
    }
}
