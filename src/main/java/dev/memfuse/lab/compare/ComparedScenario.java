package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.fault.NetworkService;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;

/// A scenario as the load of a comparison: each block runs its workload, with its warm-up as settle time, and its
/// network lies before both arms. Its profiles are the arms that are not chosen otherwise.
///
/// @param scenario a scenario whose values are valid
public record ComparedScenario(Scenario scenario) {
    private static final int ARMS = 2;

    /// Returns the sentences that say what of the scenario cannot be compared; empty when all of it can.
    ///
    /// @param armsChosen whether both arms are chosen otherwise, so that the profiles of the scenario do not count
    public List<String> problems(boolean armsChosen) {
        List<String> problems = new ArrayList<>();
        if (!scenario.changes().isEmpty()) {
            problems.add(String.format(Locale.ROOT,
                    "The scenario has %s while its load runs, but a block of a comparison runs under the settings and "
                            + "the load of its arm throughout; remove 'changes'.",
                    Numbers.count(scenario.changes().size(), "change")));
        }
        if (!scenario.faults().isEmpty()) {
            problems.add(String.format(Locale.ROOT,
                    "The scenario has %s of the network, whose recovery would be part of the latencies of both arms; "
                            + "remove 'faults', or run it by 'load --scenario'.",
                    Numbers.count(scenario.faults().size(), "fault")));
        }
        if (!armsChosen && scenario.profiles().size() > ARMS) {
            problems.add(String.format(Locale.ROOT, "The scenario has %d profiles (%s), but a comparison has two arms; "
                    + "choose them with --a and --b.", scenario.profiles().size(),
                    String.join(", ", scenario.profiles())));
        }
        return problems;
    }

    /// Returns the load of a block.
    public Workload block() {
        return scenario.workload();
    }

    /// Returns the profile of an arm that names none: the first and the last profile of the scenario; empty when it has
    /// none.
    ///
    /// @param candidate arm B instead of A
    public Optional<String> profile(boolean candidate) {
        List<String> profiles = scenario.profiles();
        return profiles.isEmpty()
                ? Optional.empty()
                : Optional.of(candidate ? profiles.getLast() : profiles.getFirst());
    }

    /// Returns an arm behind the network of the scenario; the same arm when the scenario has none.
    public Arm behindNetwork(Arm arm) {
        return scenario.network()
                .map(network -> new Arm(arm.name(), NetworkService.with(arm.config(), network.config()))).orElse(arm);
    }
}
