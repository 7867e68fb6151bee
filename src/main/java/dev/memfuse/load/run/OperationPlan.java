package dev.memfuse.load.run;

import java.util.SplittableRandom;

import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;

/// The sequence of operations of a load. The same seed gives the same sequence, independent of the arrivals.
/// Thread-safe.
final class OperationPlan {
    private final SplittableRandom random;
    private final Workload.Mix mix;
    private final int users;

    OperationPlan(Workload workload) {
        this.random = new SplittableRandom(workload.seed());
        this.mix = workload.mix();
        this.users = workload.users();
    }

    /// Returns the next operation.
    synchronized Planned next() {
        double draw = random.nextDouble() * (mix.add() + mix.query() + mix.list());
        int user = random.nextInt(users);
        int detail = random.nextInt(Integer.MAX_VALUE);
        if (draw < mix.add()) {
            return new Planned(OperationKind.ADD, user, detail);
        }
        return new Planned(draw < mix.add() + mix.query() ? OperationKind.QUERY : OperationKind.LIST, user, detail);
    }

    /// One operation.
    ///
    /// @param user number of the user from 0; an add uses the next idle user when this one is adding
    /// @param detail chooses the question, 0 or more
    record Planned(OperationKind kind, int user, int detail) {}
}
