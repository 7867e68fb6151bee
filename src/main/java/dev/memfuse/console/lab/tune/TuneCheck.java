package dev.memfuse.console.lab.tune;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.TypedNumber;
import dev.memfuse.console.context.Lab;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.tune.Goal;
import dev.memfuse.lab.tune.KnownProfiles;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import org.jspecify.annotations.Nullable;

/// The plan that follows from the form, or its problems as sentences.
///
/// @param plan empty when there is a problem
/// @param problemGoal problem of the goal; empty for none
/// @param problemBudget problem of the budget; empty for none
/// @param problemLoad problem of the load; empty for none
/// @param problemRate problem of its rate; empty for none
/// @param problemKept problem of the settings that stay; empty for none
record TuneCheck(Optional<TunePlan> plan, String problemGoal, String problemBudget, String problemLoad,
        String problemRate, String problemKept) {
    /// Nothing was checked yet.
    static final TuneCheck NONE = new TuneCheck(Optional.empty(), "", "", "", "", "");
    /// Measured part of a load, apart from which the search chooses the length.
    private static final Duration LOAD = Duration.ofSeconds(5);
    private static final double SECONDS_PER_MINUTE = 60;
    private static final String BUDGET = String.format(Locale.ROOT, "Enter minutes from %,d to %,d.",
            TunePlan.SHORTEST.toMinutes(), TunePlan.LONGEST.toMinutes());

    /// The form at one moment, as typed.
    ///
    /// @param minutes budget
    /// @param scenario file or name of the scenario; empty for the usual load
    /// @param rate operations per second; empty for the rate of the scenario, or one that is found
    /// @param kept settings and sections that stay, separated by commas
    record Draft(String goal, String minutes, Optional<Path> scenario, String rate, String kept) {}

    /// The load of each candidate, or why there is none.
    private record Load(@Nullable Workload workload, String problem, String problemRate) {}

    /// Makes the plan of a form. Reads the files of a scenario and of profiles.
    static TuneCheck of(Draft draft, Lab lab) {
        String problemGoal = "";
        Goal goal = null;
        try {
            goal = Goal.parse(draft.goal());
        } catch (IllegalArgumentException e) {
            problemGoal = String.valueOf(e.getMessage());
        }
        Optional<Duration> budget = budget(draft.minutes());
        String problemBudget = budget.isEmpty() ? BUDGET : "";
        List<String> kept = kept(draft.kept());
        String problemKept = problemOf(kept);
        Load load = load(draft, goal);
        Workload workload = load.workload();
        if (goal == null || workload == null || budget.isEmpty() || !problemKept.isEmpty()) {
            return new TuneCheck(Optional.empty(), problemGoal, problemBudget, load.problem(), load.problemRate(),
                    problemKept);
        }
        return plan(draft, lab, goal, workload, kept, budget.get());
    }

    private static Optional<Duration> budget(String minutes) {
        OptionalDouble typed = number(minutes);
        return typed.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(1e3 * SECONDS_PER_MINUTE * typed.getAsDouble())))
                        .filter(TunePlan::isBudget);
    }

    private static TuneCheck plan(Draft draft, Lab lab, Goal goal, Workload load, List<String> kept,
            Duration budget) {
        try {
            Arms arms = lab.arms().get();
            boolean auto = draft.rate().isBlank() && draft.scenario().isEmpty();
            return new TuneCheck(Optional.of(TunePlan.of(arms.arm(Optional.empty(), List.of()), goal,
                    KnownProfiles.of(arms.profiles()), kept, load, auto, budget)), "", "", "", "", "");
        } catch (ConfigException | IllegalArgumentException e) {
            return new TuneCheck(Optional.empty(), String.valueOf(e.getMessage()), "", "", "", "");
        }
    }

    private static Load load(Draft draft, @Nullable Goal goal) {
        Workload load;
        try {
            load = scenario(draft);
            WorkloadCheck.check(load);
        } catch (ConfigException | IllegalArgumentException e) {
            return new Load(null, String.valueOf(e.getMessage()), problemOfRate(draft.rate()));
        }
        boolean own = !draft.rate().isBlank();
        if (own) {
            String problem = problemOfRate(draft.rate());
            if (!problem.isEmpty()) {
                return new Load(null, "", problem);
            }
            load = withRate(load, draft.rate());
        }
        boolean found = !own && draft.scenario().isEmpty();
        String unreached = goal == null || found ? "" : TunePlan.rateProblem(goal, load).orElse("");
        return unreached.isEmpty()
                ? new Load(load, "", "")
                : new Load(null, own ? "" : unreached, own ? unreached : "");
    }

    private static Workload scenario(Draft draft) {
        Scenario scenario = draft.scenario().map(Scenarios::read).orElseGet(() -> Scenario.of(
                StandardBlock.workload().withDuration(LOAD)));
        if (!scenario.changes().isEmpty() || !scenario.faults().isEmpty()) {
            throw new IllegalArgumentException("The scenario changes settings or has faults, but each candidate is "
                    + "loaded under its own settings throughout. Choose another one.");
        }
        return scenario.workload();
    }

    private static String problemOfRate(String rate) {
        if (rate.isBlank()) {
            return "";
        }
        return number(rate).isEmpty()
                ? "Enter operations per second as a number, or nothing to have the rate found."
                : WorkloadCheck.problem(withRate(StandardBlock.workload(), rate));
    }

    private static Workload withRate(Workload load, String rate) {
        return load.withArrival(new Workload.Arrival.Open(number(rate).orElseThrow(), ScenarioDefaults.MAX_IN_FLIGHT));
    }

    private static OptionalDouble number(String text) {
        OptionalDouble value = TypedNumber.decimal(text);
        return value.orElse(0) > 0 ? value : OptionalDouble.empty();
    }

    private static List<String> kept(String text) {
        return Arrays.stream(text.split("[\\s,;]+")).filter(name -> !name.isEmpty()).toList();
    }

    private static String problemOf(List<String> kept) {
        return kept.stream().filter(name -> !ConfigSchema.isSection(name)).map(TuneCheck::problemOf)
                .flatMap(Optional::stream).collect(Collectors.joining("\n"));
    }

    private static Optional<String> problemOf(String key) {
        try {
            ConfigSchema.require(key);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining(" ")));
        }
    }
}
