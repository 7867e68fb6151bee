package dev.memfuse.load.generator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator.Part;
import dev.memfuse.load.measure.DueOperation;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.shape.RateFunction;
import dev.memfuse.load.shape.Shape;
import org.jspecify.annotations.Nullable;

/// Open arrivals: an absolute schedule that follows from the shape, the process and the seed, independent of
/// completions.
final class OpenArrivals implements Arrivals {
    /// The warm-up offers at least this share of the level, since a shape may begin with 0.
    private static final double MIN_WARMUP_SHARE = 0.1;

    private final Workload.Arrival.Open arrival;
    private final long seed;
    private final OperationPlan plan;
    private final OperationRunner runner;
    private final Measurements measurements;
    private final ExecutorService threads;
    private final InFlight inFlight = new InFlight();
    private final double level;
    private volatile double load;
    private volatile long until;
    private volatile boolean stopped;
    private volatile @Nullable Thread driver;

    OpenArrivals(Workload.Arrival.Open arrival, long seed, OperationPlan plan, OperationRunner runner,
            Measurements measurements, ExecutorService threads) {
        this.arrival = arrival;
        this.seed = seed;
        this.level = arrival.level();
        this.load = level;
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
        double drawnFor = load;
        ArrivalSchedule schedule = new ArrivalSchedule(rate(part), drawnFor / level, arrival.process(),
                OperationPlan.seed(~seed, part), from);
        long due = schedule.due(end);
        while (!stopped && until == end) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                if (load != drawnFor) {
                    drawnFor = load;
                    schedule.scale(drawnFor / level, Math.min(due, System.nanoTime()));
                    due = schedule.due(end);
                }
            } else if (due - end >= 0) {
                return;
            } else {
                arrive(due);
                schedule.next();
                due = schedule.due(end);
            }
        }
    }

    private RateFunction rate(Part part) {
        RateFunction shape = RateFunction.of(arrival.shape());
        return part == Part.MEASURED
                ? shape
                : RateFunction.of(new Shape.Steady(Math.max(shape.rateAt(0), level * MIN_WARMUP_SHARE)));
    }

    private void arrive(long due) {
        OperationPlan.Planned planned = plan.next();
        if (!inFlight.tryEnter(arrival.maxInFlight())) {
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
    public void load(double value) {
        load = value;
        LockSupport.unpark(driver);
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
    }
}
