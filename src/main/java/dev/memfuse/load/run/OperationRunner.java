package dev.memfuse.load.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.run.OperationPlan.Planned;
import dev.memfuse.metrics.Trace;

/// Runs one planned operation against the engine and records it. Thread-safe; blocks its caller.
final class OperationRunner {
    private static final int LISTED = 20;

    private final MemoryEngine engine;
    private final LoadUsers users;
    private final Workload workload;
    private final Measurements measurements;

    OperationRunner(MemoryEngine engine, LoadUsers users, Workload workload, Measurements measurements) {
        this.engine = engine;
        this.users = users;
        this.workload = workload;
        this.measurements = measurements;
    }

    /// Runs an operation of an open run.
    ///
    /// @param scheduled scheduled start on the clock of [System#nanoTime]
    void runScheduled(Planned planned, long scheduled) {
        run(planned, new Due(true, scheduled));
    }

    /// Runs an operation of a closed run, which is due when it starts.
    void runNow(Planned planned) {
        run(planned, new Due(false, System.nanoTime()));
    }

    private void run(Planned planned, Due due) {
        switch (planned.kind()) {
            case ADD -> add(planned, due);
            case QUERY -> {
                LoadUser user = users.get(planned.user());
                String question = user.question(planned.detail());
                timed(OperationKind.QUERY, due, () -> engine.query(user.id(), question, workload.topK()));
            }
            case LIST -> {
                LoadUser user = users.get(planned.user());
                timed(OperationKind.LIST, due, () -> engine.messages(user.session(), LISTED, Order.NEWEST_FIRST));
            }
        }
    }

    private void add(Planned planned, Due due) {
        LoadUser user = users.lockIdle(planned.user());
        try {
            List<NewMessage> batch = user.nextBatch(workload.batchSize());
            timed(OperationKind.ADD, due, () -> {
                AddResult result = engine.addBatch(user.session(), batch);
                user.acknowledged(batch.size());
                return result;
            }).ifPresent(add -> measurements.acknowledged(add.result().acknowledgement(), add.scheduled()));
            user.enterNextSessionIfDone();
        } catch (Throwable e) {
            measurements.failed(OperationKind.ADD, due.at(), e);
        } finally {
            user.adding.unlock();
        }
    }

    private <T> Optional<Done<T>> timed(OperationKind kind, Due due, Supplier<T> call) {
        long started = System.nanoTime();
        long scheduled = due.open() ? due.at() : started;
        T result;
        try {
            result = call.get();
        } catch (Throwable e) {
            measurements.failed(kind, scheduled, e);
            return Optional.empty();
        }
        measurements.succeeded(kind, scheduled, started, System.nanoTime(), Trace.current());
        return Optional.of(new Done<>(result, scheduled));
    }

    private record Due(boolean open, long at) {}

    private record Done<T>(T result, long scheduled) {}
}
