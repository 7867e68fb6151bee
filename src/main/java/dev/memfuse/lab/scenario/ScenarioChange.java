package dev.memfuse.lab.scenario;

import java.time.Duration;
import java.util.Map;

import dev.memfuse.load.Workload;

/// A change while the load of a scenario runs.
public sealed interface ScenarioChange {
    /// Returns the time after the start of the measured part.
    Duration at();

    /// Returns the change as it is written in a file, without its time.
    default String text() {
        return ScenarioYaml.what(this);
    }

    /// A change of settings.
    ///
    /// @param values new values by key, as texts, at least one
    record Settings(Duration at, Map<String, String> values) implements ScenarioChange {
        public Settings {
            values = Map.copyOf(values);
        }
    }

    /// A change of the offered load.
    ///
    /// @param load level of an open run in operations per second, concurrency of a closed one
    record Load(Duration at, double load) implements ScenarioChange {}

    /// A change of the shares of the operations.
    record Mix(Duration at, Workload.Mix mix) implements ScenarioChange {}
}
