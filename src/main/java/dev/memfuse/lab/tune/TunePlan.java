package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.metrics.stats.Numbers;

/// The definition of a tuning.
///
/// @param start settings at the start, the reference of everything
/// @param goal what is to be achieved
/// @param profiles known good settings by name, best first
/// @param kept keys, or sections such as `layers`, that stay as they are
/// @param load load of each trial, apart from its length; its warm-up is the settle time
/// @param autoRate whether the rate is found first: 70 % of what the start carries
/// @param budget time for everything
public record TunePlan(Arm start, Goal goal, Map<String, MemFuseConfig> profiles, List<String> kept, Workload load,
        boolean autoRate, Duration budget) {
    /// Shortest budget.
    public static final Duration SHORTEST = Duration.ofMinutes(1);
    /// Longest budget.
    public static final Duration LONGEST = Duration.ofHours(24);
    /// Offered beyond a demanded throughput, so that chance alone does not miss it.
    private static final double ABOVE_DEMAND = 1.05;
    private static final int MAX_IN_FLIGHT = 256;
    private static final int CALLERS = 16;

    /// @throws IllegalArgumentException when the goal does not fit the load or a value is out of range; the message is
    ///         for the user
    public TunePlan {
        kept = List.copyOf(kept);
        for (String name : kept) {
            if (!ConfigSchema.isSection(name)) {
                ConfigSchema.require(name);
            }
        }
        requireOperation(load, goal.objective());
        for (Constraint constraint : goal.constraints()) {
            Metric metric = constraint.metric();
            if (metric != null) {
                requireOperation(load, metric);
            }
        }
        if (!autoRate) {
            rateProblem(goal, load).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }
    }

    /// Returns why a load cannot reach the throughput that a goal demands, as a sentence; empty when it can.
    public static Optional<String> rateProblem(Goal goal, Workload load) {
        double needed = goal.throughputNeeded();
        return load.arrival() instanceof Arrival.Open open && open.level() < needed
                ? Optional.of(String.format(Locale.ROOT,
                        "A load of %s operations/s cannot have a throughput of %s/s; offer more.",
                        Numbers.value(open.level()), Numbers.value(needed)))
                : Optional.empty();
    }

    private static void requireOperation(Workload load, Metric metric) {
        if (!Metric.of(load).contains(metric)) {
            throw new IllegalArgumentException("The load has no operation for " + metric.title()
                    + "; give it a share in the mix.");
        }
    }

    /// Returns a plan whose arrivals fit its goal: with an automatic rate, a throughput to maximise gets a closed load,
    /// and one that is demanded is offered.
    ///
    /// @throws IllegalArgumentException when a value is out of range; the message is for the user
    public static TunePlan of(Arm start, Goal goal, Map<String, MemFuseConfig> profiles, List<String> kept,
            Workload load, boolean autoRate, Duration budget) {
        if (!isBudget(budget)) {
            throw new IllegalArgumentException("A tuning has a budget of 1 minute to 24 hours, not "
                    + Numbers.seconds(budget.toMillis() / 1e3) + ".");
        }
        if (!autoRate) {
            return new TunePlan(start, goal, profiles, kept, load, false, budget);
        }
        if (goal.objective().direction() == Direction.HIGHER_IS_BETTER) {
            return new TunePlan(start, goal, profiles, kept, load.withArrival(new Arrival.Closed(CALLERS)), false,
                    budget);
        }
        double needed = goal.throughputNeeded();
        return needed > 0
                ? new TunePlan(start, goal, profiles, kept,
                        load.withArrival(new Arrival.Open(needed * ABOVE_DEMAND, MAX_IN_FLIGHT)), false, budget)
                : new TunePlan(start, goal, profiles, kept, load, true, budget);
    }

    /// Returns whether a tuning can have a budget.
    public static boolean isBudget(Duration time) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0;
    }

    /// Returns the plan with the arrivals that were found.
    TunePlan withRate(double rate) {
        return new TunePlan(start, goal, profiles, kept, load.withArrival(new Arrival.Open(rate, MAX_IN_FLIGHT)), false,
                budget);
    }
}
