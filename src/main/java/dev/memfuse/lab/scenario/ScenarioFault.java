package dev.memfuse.lab.scenario;

import java.time.Duration;
import java.util.Locale;

/// A fault of the network between the program and the database while the load of a scenario runs.
///
/// @param at time after the start of the measured part
/// @param length time until the fault ends; zero for a fault of an instant, [Kind#RESET]
/// @param kind the fault
/// @param delay time that each round trip takes longer; of [Kind#LATENCY] only, otherwise zero
/// @param kibPerSecond bytes per second in KiB; of [Kind#BANDWIDTH] only, otherwise 0
public record ScenarioFault(Duration at, Duration length, Kind kind, Duration delay, int kibPerSecond) {
    /// Returns the fault as it is written in a file, without its time.
    public String text() {
        return ScenarioYaml.what(this);
    }

    /// The kinds of faults.
    public enum Kind {
        /// Round trips take longer.
        LATENCY,
        /// Fewer bytes per second pass.
        BANDWIDTH,
        /// All connections are reset.
        RESET,
        /// Connections stay open, and nothing passes.
        BLACK_HOLE,
        /// Connections are closed, and new ones refused.
        STOP;

        /// Returns the name in files: lower case with underscores.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
