package dev.memfuse.lab.scenario;

import java.time.Duration;

import dev.memfuse.fault.Fault;

/// A fault of the network between the program and the database while the load of a scenario runs.
///
/// @param at time after the start of the measured part
/// @param length time until the fault ends; zero for a fault of an instant, a reset
/// @param fault the fault
public record ScenarioFault(Duration at, Duration length, Fault fault) {

    /// Returns the fault as it is written in a file, without its time.
    public String text() {
        return ScenarioYaml.what(this);
    }
}
