package dev.memfuse.lab.effect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;

/// The comparison of one setting: its value in force (A) against another one (B), under the usual load, all other
/// settings as they are. Immutable, for any thread.
///
/// @param key the setting
/// @param arms settings in force, the base of both arms
public record OneSetting(ConfigKey key, Arms arms) {
    /// A change recomputes every stored vector, which takes longer than a block and would go on behind the next one.
    private static final Set<String> RECOMPUTING = Set.of("embedding.model", "embedding.context");

    /// Returns whether a comparison can change the setting: not one that is fixed at start, none of the load itself,
    /// which a comparison brings, and none that recomputes stored vectors.
    public static boolean comparable(ConfigKey key) {
        return key.hot() && key.group() != ConfigGroup.LOAD && !RECOMPUTING.contains(key.path());
    }

    /// Returns the value to compare with first: the opposite of a switch, the other one of two choices, otherwise the
    /// default. Empty when the default is in force and any other value is as good as the next.
    ///
    /// @param defaults the settings that the program starts with
    public Optional<String> suggestion(MemFuseConfig defaults) {
        String inForce = inForce();
        String usual = print(defaults);
        if (key.range().type() == ValueType.BOOLEAN) {
            return Optional.of(Boolean.toString(!Boolean.parseBoolean(inForce)));
        }
        if (!usual.equals(inForce)) {
            return Optional.of(usual);
        }
        return key.range().choices().stream().filter(choice -> !choice.equals(inForce)).findFirst();
    }

    /// Returns the value in force, as a user types it.
    public String inForce() {
        return print(arms.running());
    }

    private String print(MemFuseConfig config) {
        Object value = ConfigValues.get(config, key.path());
        return value instanceof String text ? text : ConfigValues.print(value);
    }

    /// Returns the metric that decides unless another one is chosen: the latency of queries for the settings of
    /// retrieval, that of adds for all others.
    public Metric primary() {
        return Metric.parse(key.group() == ConfigGroup.RETRIEVAL ? "query.p50" : StandardBlock.PRIMARY);
    }

    /// Returns the metrics that can decide.
    public static List<Metric> metrics() {
        return Metric.of(StandardBlock.workload());
    }

    /// Returns a quick comparison.
    ///
    /// @param value value of arm B, as a user types it
    /// @throws ConfigException when the value is not one of the setting, is in force already, or the setting is fixed
    ///         at start; the message is for the user
    public ComparisonPlan plan(String value, Metric primary) {
        MemFuseConfig wanted = ConfigValues.with(arms.running(), key.path(), ConfigValues.parse(key.path(), value));
        if (wanted.equals(arms.running())) {
            throw new ConfigException(List.of(new ConfigProblem(key.path(),
                    value.strip() + " is in force; enter the value to compare it with", Optional.empty())));
        }
        return new ComparisonPlan(arms.arm(Optional.empty(), List.of(key.path() + "=" + inForce())),
                arms.arm(Optional.empty(), List.of(key.path() + "=" + value.strip())), StandardBlock.workload(), true,
                primary, ComparisonPlan.QUICK_PAIRS, false, ComparisonPlan.MARGIN, ComparisonPlan.RECALL_TURNS);
    }
}
