package dev.memfuse.load.generator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator.Part;
import dev.memfuse.load.measure.Measurements;
import org.jspecify.annotations.Nullable;

/// Closed arrivals: a number of workers that each start the next operation when the previous one has ended and the
/// think time has passed.
final class ClosedArrivals implements Arrivals {
    private final OperationPlan plan;
    private final OperationRunner runner;
    private final Measurements measurements;
    private final ExecutorService threads;
    private final InFlight inFlight = new InFlight();
    private final ThinkTime thinkTime;
    private volatile int concurrency;
    private volatile long until;
    private volatile boolean stopped;
    private volatile @Nullable Thread driver;

    ClosedArrivals(Workload.Arrival.Closed arrival, long seed, OperationPlan plan, OperationRunner runner,
            Measurements measurements, ExecutorService threads) {
        this.concurrency = arrival.concurrency();
        this.thinkTime = new ThinkTime(arrival.thinkTime(), ~seed);
        this.plan = plan;
        this.runner = runner;
        this.measurements = measurements;
        this.threads = threads;
    }

    @Override
    public void run(Part part, long from, long end) {
        driver = Thread.currentThread();
        until = end;
        plan.begin(part);
        while (!over()) {
            // Each worker holds a place. Workers beyond a lowered concurrency end after their operation.
            while (inFlight.tryEnter(concurrency)) {
                inFlight.start(() -> threads.execute(this::work));
            }
            LockSupport.parkNanos(this, Math.max(1, until - System.nanoTime()));
        }
        thinkTime.wake();
    }

    private void work() {
        boolean holdsPlace = true;
        try {
            while (holdsPlace && !over()) {
                OperationPlan.Planned planned = plan.next();
                runner.run(planned, measurements.next(planned.kind()));
                thinkTime.pass(() -> over() || inFlight.exceeds(concurrency));
                holdsPlace = inFlight.keepPlace(concurrency);
            }
        } finally {
            if (holdsPlace) {
                inFlight.leave();
            }
        }
    }

    private boolean over() {
        return stopped || System.nanoTime() - until >= 0;
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public boolean hasBacklog() {
        return false;
    }

    @Override
    public void load(double value) {
        concurrency = (int) Math.round(value);
        LockSupport.unpark(driver);
        thinkTime.wake();
    }

    @Override
    public void endPart() {
        until = System.nanoTime();
        LockSupport.unpark(driver);
    }

    @Override
    public void stop() {
        stopped = true;
        LockSupport.unpark(driver);
        thinkTime.wake();
    }
}
