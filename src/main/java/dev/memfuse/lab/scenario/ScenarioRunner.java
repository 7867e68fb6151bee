package dev.memfuse.lab.scenario;

import java.util.List;
import java.util.Optional;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.WorkloadCheck;

/// Runs scenarios: puts the network as they want it, starts their load, and applies their changes and faults at their
/// times. Thread-safe.
///
/// @param loads runs the load
/// @param tunables receives the changes of settings
/// @param network the network between pool and database; empty when the program does not control it
public record ScenarioRunner(LoadService loads, Tunables tunables, Optional<ScenarioNetwork> network) {

    /// Starts a scenario in the background, under the configuration in force: profiles are up to the caller. Settings
    /// that it changes, and the network, are put back when its load has ended. Blocks until the network is as the
    /// scenario wants it.
    ///
    /// @throws IllegalStateException when a load is active, the engine is not ready, or the scenario needs a network
    ///         that the program does not control; the message is for the user
    /// @throws IllegalArgumentException when the scenario is invalid; the message is for the user
    public LoadRun start(Scenario scenario) {
        List<WorkloadCheck.Problem> problems = ScenarioCheck.problems(scenario);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        boolean ownNetwork = scenario.network() != Network.LOCAL || !scenario.faults().isEmpty();
        if (ownNetwork && network.isEmpty()) {
            throw new IllegalStateException("The scenario needs a network or faults that this program does not "
                    + "control: choose the network local and no faults.");
        }
        Optional<ScenarioNetwork> used = ownNetwork ? network : Optional.empty();
        used.ifPresent(control -> control.use(scenario.network()));
        LoadRun run;
        try {
            run = loads.start(scenario.workload());
        } catch (RuntimeException e) {
            used.ifPresent(control -> control.use(Network.LOCAL));
            throw e;
        }
        if (ownNetwork || !scenario.changes().isEmpty()) {
            ScenarioEvents events = new ScenarioEvents(scenario, run, tunables, used);
            BackgroundThreads.virtual("load-scenario").start(events::follow);
        }
        return run;
    }
}
