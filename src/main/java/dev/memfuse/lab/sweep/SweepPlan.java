package dev.memfuse.lab.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.trial.StartSettings;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.WorkloadCheck;
import org.jspecify.annotations.Nullable;

/// The definition of a sweep.
///
/// @param parameter a numeric setting that can change while the engine runs or by a restart of its database server, or
///        `concurrency` or `rate` of the load; with the unit of its values, if they have one: `… (MB)`
/// @param values of the parameter, ascending, 2..64
/// @param base settings in force, apart from the parameter
/// @param workload load of each point, apart from the parameter; its warm-up is the settle time, which is fixed, and at
///        least 3 s, when [#restarted] is not empty
/// @param rounds number of loads of each value, 1..20
/// @param second the other parameter of a grid: each of its values with each of the first; null for one parameter
public record SweepPlan(String parameter, List<Double> values, MemFuseConfig base, Workload workload, int rounds,
        @Nullable SweepDimension second) {
    /// The parameter that is the concurrency of a closed load.
    public static final String CONCURRENCY = "concurrency";
    /// The parameter that is the rate of an open load.
    public static final String RATE = "rate";
    /// Load of a point unless another is named: the usual load is long, because it is made to be looked at.
    public static final Workload POINT = ScenarioDefaults.WORKLOAD.withDuration(Duration.ofSeconds(5))
            .withWarmup(Workload.Warmup.fixed(Duration.ofSeconds(2)));
    private static final int MAX_ROUNDS = 20;
    private static final int MAX_POINTS = 256;
    private static final int MAX_IN_FLIGHT = 1000;
    /// Time of a load beside its settle time and its measured part.
    private static final Duration AROUND = Duration.ofMillis(1500);

    /// @throws IllegalArgumentException when a value is out of range or the parameter cannot be swept; the message is
    ///         for the user
    public SweepPlan {
        values = List.copyOf(values);
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new IllegalArgumentException("A sweep has 1 to 20 rounds, not " + rounds + ".");
        }
        require(parameter, values, base, workload);
        if (second != null) {
            requireGrid(parameter, values, second);
            require(second.parameter(), second.values(), base, workload);
        }
        if (SweepDimension.restarts(parameter) || (second != null && SweepDimension.restarts(second.parameter()))) {
            workload = StartSettings.settled(workload);
        }
    }

    /// Returns the parameters that take effect at the start of the database server. When there are any, every load
    /// begins with a restart of the server.
    public List<String> restarted() {
        return Stream.concat(Stream.of(parameter), Stream.ofNullable(second).map(SweepDimension::parameter))
                .filter(SweepDimension::restarts).map(SweepDimension::key).toList();
    }

    private int restarts() {
        return restarted().isEmpty() ? 0 : loads() + 1;
    }

    /// Returns what the restarts are for and take, as a sentence; empty for a sweep without them.
    public Optional<String> restartNote() {
        return StartSettings.note(restarted(), "load", restarts());
    }

    /// Creates a sweep over one parameter.
    public SweepPlan(String parameter, List<Double> values, MemFuseConfig base, Workload workload, int rounds) {
        this(parameter, values, base, workload, rounds, null);
    }

    private static void requireGrid(String parameter, List<Double> values, SweepDimension second) {
        if (second.parameter().equals(parameter) || (ofLoad(parameter) && ofLoad(second.parameter()))) {
            throw new IllegalArgumentException("A grid has two different parameters, of which at most one is of the "
                    + "load, not " + parameter + " and " + second.parameter() + ".");
        }
        if (values.size() * second.values().size() > MAX_POINTS) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "A grid has at most %d points, not %d.",
                    MAX_POINTS, values.size() * second.values().size()));
        }
    }

    private static void require(String parameter, List<Double> values, MemFuseConfig base, Workload workload) {
        if (!ofLoad(parameter)) {
            ConfigKey key = ConfigSchema.require(SweepDimension.key(parameter));
            if (!SweepParameters.numeric(key)) {
                throw new IllegalArgumentException(key.path() + " is no number, so it cannot be swept; compare its "
                        + "values with 'compare'.");
            }
            if (key.range().type() != ValueType.SERVER_SETTING && !SweepDimension.unit(parameter).isEmpty()) {
                throw new IllegalArgumentException(key.path() + " has values without a unit.");
            }
            if (!StartSettings.comparable(key.path())) {
                throw new IllegalArgumentException(parameter + ": " + LiveTunables.FIXED);
            }
            for (double value : values) {
                settings(parameter, base, value);
            }
        } else {
            if (!SweepDimension.unit(parameter).isEmpty()) {
                throw new IllegalArgumentException(SweepDimension.key(parameter) + " has values without a unit.");
            }
            for (double value : values) {
                if (parameter.equals(CONCURRENCY) && value != Math.rint(value)) {
                    throw new IllegalArgumentException(
                            "The concurrency must be a whole number, not " + SweepValues.text(value)
                                    + ".");
                }
                WorkloadCheck.check(load(parameter, workload, value));
            }
        }
    }

    private static boolean ofLoad(String parameter) {
        return SweepDimension.key(parameter).equals(CONCURRENCY) || SweepDimension.key(parameter).equals(RATE);
    }

    private static MemFuseConfig settings(String parameter, MemFuseConfig base, double value) {
        String key = SweepDimension.key(parameter);
        return ConfigValidator.requireValid(ConfigValues.with(base, key,
                ConfigValues.parse(key, SweepValues.text(value) + SweepDimension.unit(parameter))));
    }

    /// Returns the settings of a point.
    ///
    /// @param other value of the second parameter; null for one parameter
    MemFuseConfig settings(double value, @Nullable Double other) {
        MemFuseConfig first = settings(value);
        return second == null || other == null || ofLoad(second.parameter())
                ? first
                : settings(second.parameter(), first, other);
    }

    /// Returns the settings of a value of the first parameter.
    MemFuseConfig settings(double value) {
        return ofLoad(parameter) ? base : settings(parameter, base, value);
    }

    /// Returns the load of a point.
    ///
    /// @param round number of the round, from 0; each has operations of its own
    /// @param other value of the second parameter; null for one parameter
    Workload load(double value, @Nullable Double other, int round) {
        Workload first = load(parameter, workload.withSeed(workload.seed() + round), value);
        return second == null || other == null ? first : load(second.parameter(), first, other);
    }

    private static Workload load(String parameter, Workload workload, double value) {
        return switch (parameter) {
            case CONCURRENCY -> workload.withArrival(new Arrival.Closed((int) Math.round(value)));
            case RATE -> workload.withArrival(new Arrival.Open(value, MAX_IN_FLIGHT));
            default -> workload;
        };
    }

    /// Returns the number of loads.
    public int loads() {
        return values.size() * rounds * (second == null ? 1 : second.values().size());
    }

    /// Returns the expected time of the sweep.
    public Duration planned() {
        return workload.warmup().minimum().plus(workload.duration()).plus(AROUND)
                .multipliedBy(loads()).plus(StartSettings.RESTART.multipliedBy(restarts()));
    }

    /// Returns a point in words: "postgres.pool_size 8".
    ///
    /// @param other value of the second parameter; null for one parameter
    String describe(double value, @Nullable Double other) {
        String first = describe(parameter, value);
        return second == null || other == null ? first : first + ", " + describe(second.parameter(), other);
    }

    private static String describe(String parameter, double value) {
        return SweepDimension.key(parameter) + " " + SweepValues.text(value) + SweepDimension.unit(parameter);
    }
}
