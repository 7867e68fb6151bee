package dev.memfuse.lab.scenario;

import java.util.List;
import java.util.Optional;

import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.load.Workload;

/// A load with everything that belongs to it. Immutable.
///
/// @param name one line for people; may be empty
/// @param description sentences for people; may be empty
/// @param profiles names of the configuration profiles to run under; empty for the configuration of the program
/// @param network the network between the program and the database; empty for that of the configuration
/// @param workload users, arrivals, operations and thresholds
/// @param changes changes while the load runs, by ascending time
/// @param faults faults while the load runs, by ascending time
public record Scenario(String name, String description, List<String> profiles, Optional<NetworkProfile> network,
        Workload workload,
        List<ScenarioChange> changes, List<ScenarioFault> faults) {
    public Scenario {
        profiles = List.copyOf(profiles);
        changes = List.copyOf(changes);
        faults = List.copyOf(faults);
    }

    /// Returns the scenario that consists of a workload.
    public static Scenario of(Workload workload) {
        return new Scenario("", "", List.of(), Optional.empty(), workload, List.of(), List.of());
    }

    /// Returns the scenario with another workload.
    public Scenario with(Workload other) {
        return new Scenario(name, description, profiles, network, other, changes, faults);
    }

    /// Returns the scenario with another network.
    public Scenario with(Optional<NetworkProfile> other) {
        return new Scenario(name, description, profiles, other, workload, changes, faults);
    }

    /// Returns the scenario with other profiles.
    public Scenario withProfiles(List<String> names) {
        return new Scenario(name, description, names, network, workload, changes, faults);
    }
}
