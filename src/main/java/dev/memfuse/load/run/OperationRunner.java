package dev.memfuse.load.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.load.Workload;
import dev.memfuse.load.measure.DueOperation;
import dev.memfuse.load.run.OperationPlan.Planned;
import dev.memfuse.metrics.Trace;

/// Runs planned operations against the engine and counts them. Thread-safe; blocks its caller.
final class OperationRunner {
    private static final int LISTED = 20;

    private final MemoryEngine engine;
    private final LoadUsers users;
    private final Workload workload;

    OperationRunner(MemoryEngine engine, LoadUsers users, Workload workload) {
        this.engine = engine;
        this.users = users;
        this.workload = workload;
    }

    /// Runs a planned operation; blocks until it has ended.
    ///
    /// @param operation counts it
    void run(Planned planned, DueOperation operation) {
        switch (planned.kind()) {
            case ADD -> add(planned, operation);
            case QUERY -> {
                LoadUser user = users.get(planned.user());
                String question = user.question(planned.detail());
                timed(operation, () -> engine.query(user.id(), question, workload.topK()));
            }
            case LIST -> {
                LoadUser user = users.get(planned.user());
                timed(operation, () -> engine.messages(user.session(), LISTED, Order.NEWEST_FIRST));
            }
        }
    }

    private void add(Planned planned, DueOperation operation) {
        LoadUser user = users.lockIdle(planned.user());
        try {
            List<NewMessage> batch = user.nextBatch(workload.batchSize());
            timed(operation, () -> {
                AddResult result = engine.addBatch(user.session(), batch);
                user.acknowledged(batch.size());
                return result;
            }).ifPresent(result -> operation.acknowledged(result.acknowledgement()));
            user.enterNextSessionIfDone();
        } catch (Throwable e) {
            operation.fail(e);
        } finally {
            user.adding.unlock();
        }
    }

    private static <T> Optional<T> timed(DueOperation operation, Supplier<T> call) {
        if (!operation.start()) {
            return Optional.empty();
        }
        T result;
        try {
            result = call.get();
        } catch (Throwable e) {
            operation.fail(e);
            return Optional.empty();
        }
        operation.succeed(Trace.current());
        return Optional.of(result);
    }
}
