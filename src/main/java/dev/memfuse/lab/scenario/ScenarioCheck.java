package dev.memfuse.lab.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.Fault.Kind;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.WorkloadCheck.Problem;

/// Validates scenarios.
public final class ScenarioCheck {
    private ScenarioCheck() {}

    /// Returns all problems of a scenario, by the key of the field in a file.
    public static List<Problem> problems(Scenario scenario) {
        return problems(scenario, Files::exists);
    }

    /// Returns all problems of a scenario, by the key of the field in a file.
    ///
    /// @param exists returns whether the files of a data set exist
    public static List<Problem> problems(Scenario scenario, Predicate<Path> exists) {
        List<Problem> problems = new ArrayList<>(WorkloadCheck.problems(scenario.workload(), exists));
        for (int i = 0; i < scenario.changes().size(); i++) {
            change(scenario, scenario.changes().get(i), "changes[" + (i + 1) + "]", problems);
        }
        for (int i = 0; i < scenario.faults().size(); i++) {
            within(scenario.faults().get(i).at(), scenario, "faults[" + (i + 1) + "]", problems);
            fault(scenario.faults().get(i), "faults[" + (i + 1) + "]", problems);
        }
        return problems;
    }

    private static void change(Scenario scenario, ScenarioChange change, String path, List<Problem> problems) {
        within(change.at(), scenario, path, problems);
        try {
            switch (change) {
                case ScenarioChange.Settings settings -> settings.values()
                        .forEach((key, value) -> setting(key, value, path + ".set." + key, problems));
                case ScenarioChange.Load load ->
                    WorkloadCheck.checkLoad(scenario.workload().arrival(), load.load());
                case ScenarioChange.Mix mix -> WorkloadCheck.checkMix(mix.mix());
            }
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(path, String.valueOf(e.getMessage())));
        }
    }

    private static void setting(String key, String value, String path, List<Problem> problems) {
        ConfigKey known = ConfigSchema.find(key).orElse(null);
        if (known == null) {
            problems.add(new Problem(path, ConfigSchema.unknown(key).replace("unknown key", "unknown setting")));
        } else if (!known.hot()) {
            problems.add(new Problem(path, "the setting takes effect at the next start only"));
        } else {
            try {
                ConfigValues.parse(key, value);
            } catch (ConfigException e) {
                problems.add(new Problem(path, e.problems().getFirst().message()));
            }
        }
    }

    private static void within(Duration at, Scenario scenario, String path, List<Problem> problems) {
        Duration duration = scenario.workload().duration();
        if (at.isNegative() || at.compareTo(duration) >= 0) {
            problems.add(new Problem(path + ".at",
                    "the time is not within the duration of " + Times.print(duration)));
        }
    }

    private static void fault(ScenarioFault timed, String path, List<Problem> problems) {
        Fault fault = timed.fault();
        boolean lasting = fault.kind() != Kind.RESET;
        if (lasting != timed.length().isPositive()) {
            problems.add(new Problem(path + ".for", lasting
                    ? "the length of the fault is missing; give for, for instance for: 5s"
                    : "a reset takes no time; leave this out"));
        }
        if ((fault.kind() == Kind.LATENCY) != fault.delay().isPositive()) {
            problems.add(new Problem(path + ".delay", fault.kind() == Kind.LATENCY
                    ? "the delay is missing; give delay, for instance delay: 20ms"
                    : "only the fault latency has a delay"));
        }
        if ((fault.kind() == Kind.BANDWIDTH) != fault.bytesPerSecond() > 0) {
            problems.add(new Problem(path + ".kib_per_second", fault.kind() == Kind.BANDWIDTH
                    ? "the bandwidth is missing; give kib_per_second, for instance kib_per_second: 64"
                    : "only the fault bandwidth has one"));
        }
    }
}
