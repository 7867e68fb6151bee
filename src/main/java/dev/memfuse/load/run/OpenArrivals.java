package dev.memfuse.load.run;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.load.Workload;
import dev.memfuse.load.measure.DueOperation;
import dev.memfuse.load.measure.Measurements;
import org.jspecify.annotations.Nullable;

/// Open arrivals: a Poisson process on an absolute schedule, independent of completions, with exponential gaps from a
/// seed.
final class OpenArrivals implements Arrivals {
    private static final double NANOS = 1e9;

    private final OperationPlan plan;
    private final OperationRunner runner;
    private final Measurements measurements;
    private final ExecutorService threads;
    private final InFlight inFlight = new InFlight();
    private final SplittableRandom gaps;
    private final int maxInFlight;
    private volatile double rate;
    private volatile boolean stopped;
    private volatile @Nullable Thread driver;

    OpenArrivals(Workload.Arrival.Open arrival, long seed, OperationPlan plan, OperationRunner runner,
            Measurements measurements, ExecutorService threads) {
        this.rate = arrival.ratePerSecond();
        this.maxInFlight = arrival.maxInFlight();
        // A separate sequence of random numbers, so that the rate does not affect the sequence of operations.
        this.gaps = new SplittableRandom(seed).split();
        this.plan = plan;
        this.runner = runner;
        this.measurements = measurements;
        this.threads = threads;
    }

    @Override
    public void run(long until) {
        driver = Thread.currentThread();
        double drawnFor = rate;
        long due = System.nanoTime() + gap(drawnFor);
        while (!stopped) {
            long wait = Math.min(due, until) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                if (rate != drawnFor) {
                    // Exponential gaps are memoryless, so a new gap from now starts the process of the new rate.
                    drawnFor = rate;
                    due = System.nanoTime() + gap(drawnFor);
                }
            } else if (due - until >= 0) {
                return;
            } else {
                arrive(due);
                drawnFor = rate;
                due += gap(drawnFor);
            }
        }
    }

    private long gap(double perSecond) {
        return Math.max(1, Math.round(-Math.log1p(-gaps.nextDouble()) / perSecond * NANOS));
    }

    private void arrive(long due) {
        OperationPlan.Planned planned = plan.next();
        if (!inFlight.tryEnter(maxInFlight)) {
            measurements.dropped(due);
            return;
        }
        DueOperation operation = measurements.scheduled(planned.kind(), due);
        try {
            inFlight.start(() -> threads.execute(() -> {
                try {
                    runner.run(planned, operation);
                } finally {
                    inFlight.leave();
                }
            }));
        } catch (Throwable e) {
            // Later arrivals may find memory for a thread again.
            operation.fail(e);
        }
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public boolean hasBacklog() {
        return true;
    }

    @Override
    public double load() {
        return rate;
    }

    @Override
    public void load(double value) {
        rate = value;
        LockSupport.unpark(driver);
    }

    @Override
    public void stop() {
        stopped = true;
        LockSupport.unpark(driver);
    }
}
