package dev.memfuse.lab.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.fault.NetworkService;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.WorkloadCheck;

/// Runs scenarios: puts the network as they want it, starts their load, and applies their changes and faults at their
/// times. Thread-safe.
///
/// @param loads runs the load
/// @param tunables receives the changes of settings
/// @param network returns the network between pool and database; empty while no engine runs
/// @param starting receives each scenario just before its load starts
public record ScenarioRunner(LoadService loads, Tunables tunables, Supplier<Optional<NetworkService>> network,
        Consumer<Scenario> starting) {
    private static final String CAUSE = "scenario";

    /// Creates a runner whose scenarios nobody follows.
    public ScenarioRunner(LoadService loads, Tunables tunables, Supplier<Optional<NetworkService>> network) {
        this(loads, tunables, network, _ -> {});
    }

    /// Starts a scenario in the background, under the configuration in force: profiles are up to the caller. Settings
    /// that it changes, and the network, are put back when its load has ended. Blocks until the network is as the
    /// scenario wants it.
    ///
    /// @throws IllegalStateException when a load is active or the engine is not ready; the message is for the user
    /// @throws IllegalArgumentException when the scenario is invalid; the message is for the user
    public LoadRun start(Scenario scenario) {
        List<WorkloadCheck.Problem> problems = ScenarioCheck.problems(scenario);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        Optional<NetworkService> used = network.get();
        boolean ownNetwork = scenario.network().isPresent() || !scenario.faults().isEmpty();
        if (ownNetwork && used.isEmpty()) {
            throw new IllegalStateException("The memory engine is not ready yet.");
        }
        starting.accept(scenario);
        if (!ownNetwork && scenario.changes().isEmpty()) {
            return loads.start(scenario.workload());
        }
        NetworkConfig before = tunables.get().network();
        // Held before the first operation of the load, so that its connections lead through the proxies.
        Optional<NetworkService.Hold> hold = scenario.faults().isEmpty()
                ? Optional.empty()
                : used.map(NetworkService::hold);
        scenario.network().ifPresent(profile -> used.orElseThrow().apply(profile, CAUSE));
        Runnable putBack = () -> {
            scenario.network().ifPresent(_ -> used.orElseThrow().apply(before, CAUSE + " ended"));
            hold.ifPresent(NetworkService.Hold::close);
        };
        LoadRun run;
        try {
            run = loads.start(scenario.workload());
        } catch (RuntimeException e) {
            putBack.run();
            throw e;
        }
        ScenarioEvents events = new ScenarioEvents(scenario, run, tunables, used);
        BackgroundThreads.virtual("load-scenario").start(() -> {
            try {
                events.follow();
            } finally {
                putBack.run();
            }
        });
        return run;
    }
}
