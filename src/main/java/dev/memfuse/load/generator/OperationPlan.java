package dev.memfuse.load.generator;

import java.util.SplittableRandom;

import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator.Part;

/// The sequence of operations of a load. The same seed gives the same sequence, independent of the arrivals.
/// Thread-safe.
final class OperationPlan {
    private final long seed;
    private final int users;
    private SplittableRandom random;
    private Workload.Mix mix;

    OperationPlan(Workload workload) {
        this.seed = workload.seed();
        this.random = new SplittableRandom(seed);
        this.mix = workload.mix();
        this.users = workload.users();
    }

    /// Begins the sequence of a part, so that the operations of the measured part do not depend on the length of the
    /// warm-up.
    synchronized void begin(Part part) {
        random = new SplittableRandom(seed(seed, part));
    }

    /// Returns the seed of a part.
    static long seed(long seed, Part part) {
        return part == Part.MEASURED ? seed : new SplittableRandom(seed).split().nextLong();
    }

    /// Changes the shares of the next operations.
    synchronized void mix(Workload.Mix other) {
        mix = other;
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
