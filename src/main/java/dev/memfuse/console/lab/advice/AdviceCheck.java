package dev.memfuse.console.lab.advice;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.schema.TypedNumber;
import dev.memfuse.lab.advice.Observation;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.WorkloadCheck;

/// The plan that follows from the form, or its problems as sentences.
///
/// @param plan empty when there is a problem
/// @param problemLoad problem of the load; empty for none
/// @param problemSeconds problem of the length; empty for none
record AdviceCheck(Optional<AdvicePlan> plan, String problemLoad, String problemSeconds) {
    /// Nothing was checked yet.
    static final AdviceCheck NONE = new AdviceCheck(Optional.empty(), "", "");
    private static final String SECONDS = "Enter seconds, 5 or more.";
    private static final String FAULTS = "The scenario changes settings or has faults; advice is about one state "
            + "of the settings. Choose another one.";

    /// The form at one moment, as typed.
    ///
    /// @param scenario file or name of the scenario; empty for the usual load
    record Draft(Optional<Path> scenario, String seconds) {}

    /// Makes the plan of a form. Reads the file of a scenario.
    static AdviceCheck of(Draft draft) {
        Duration length = Duration.ofMillis(Math.round(1_000 * TypedNumber.decimal(draft.seconds()).orElse(0)));
        String problemSeconds = length.compareTo(Observation.SHORTEST) < 0
                ? SECONDS
                : WorkloadCheck.problem(ScenarioDefaults.WORKLOAD.withDuration(length));
        try {
            Scenario scenario = draft.scenario().map(Scenarios::read)
                    .orElseGet(() -> Scenario.of(ScenarioDefaults.WORKLOAD));
            String problemLoad = scenario.changes().isEmpty() && scenario.faults().isEmpty()
                    ? WorkloadCheck.problem(scenario.workload())
                    : FAULTS;
            return problemLoad.isEmpty() && problemSeconds.isEmpty()
                    ? new AdviceCheck(Optional.of(new AdvicePlan(scenario.workload().withDuration(length),
                            AdvicePlan.RECALL_TURNS)), "", "")
                    : new AdviceCheck(Optional.empty(), problemLoad, problemSeconds);
        } catch (ConfigException | IllegalArgumentException e) {
            return new AdviceCheck(Optional.empty(), String.valueOf(e.getMessage()), problemSeconds);
        }
    }

}
