package dev.memfuse.load.generator;

import java.util.List;
import java.util.function.Supplier;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.OperationPlan.Planned;
import dev.memfuse.load.measure.DueOperation;
import org.jspecify.annotations.Nullable;

/// Runs planned operations on the target and counts them. Thread-safe; blocks its caller.
final class OperationRunner {
    private static final int LISTED = 20;

    private final LoadTarget target;
    private final LoadUsers users;
    private final Workload workload;

    OperationRunner(LoadTarget target, LoadUsers users, Workload workload) {
        this.target = target;
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
                timed(operation, () -> target.query(user.id(), question, workload.topK()));
            }
            case LIST -> {
                LoadUser user = users.get(planned.user());
                timed(operation, () -> target.list(user.session(), LISTED));
            }
        }
    }

    private void add(Planned planned, DueOperation operation) {
        LoadUser user = users.lockIdle(planned.user());
        try {
            List<NewMessage> batch = user.nextBatch(workload.batchSize());
            Acknowledgement acknowledgement = timed(operation, () -> {
                Answer answer = target.add(user.session(), batch);
                user.acknowledged(batch.size());
                return answer;
            });
            if (acknowledgement != null) {
                operation.acknowledged(acknowledgement);
            }
            user.enterNextSessionIfDone();
        } catch (Throwable e) {
            operation.fail(e);
        } finally {
            user.adding.unlock();
        }
    }

    /// Returns the acknowledgement of an add; null for other operations and after a failure.
    private static @Nullable Acknowledgement timed(DueOperation operation, Supplier<Answer> call) {
        if (!operation.start()) {
            return null;
        }
        Answer answer;
        try {
            answer = call.get();
        } catch (Throwable e) {
            operation.fail(e);
            return null;
        }
        operation.succeed(answer.stageNanos());
        return answer.acknowledgement();
    }
}
