package dev.memfuse.console.lab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.schema.TypedNumber;
import dev.memfuse.console.context.Lab;
import dev.memfuse.lab.compare.ComparedScenario;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import org.jspecify.annotations.Nullable;

/// The plan that follows from the form, or its problems as sentences.
///
/// @param plan empty when there is a problem
/// @param problemA problem of arm A
/// @param problemB problem of arm B
/// @param problemPairs problem of the number of pairs; empty for none
/// @param problemLoad problem of the load of a block; empty for none
/// @param problemPrimary problem of the metric that decides; empty for none
/// @param metrics the metrics of the load, of which one decides
/// @param smallest smallest difference that the plan shows on this machine; empty when it is not known
/// @param notCompared settings of the chosen profiles that are fixed at start and so not part of the comparison
record PlanCheck(Optional<ComparisonPlan> plan, ArmProblem problemA, ArmProblem problemB, String problemPairs,
        String problemLoad, String problemPrimary, List<Metric> metrics, Optional<EqualArms.Smallest> smallest,
        List<ConfigChange> notCompared) {
    /// Nothing was checked yet.
    static final PlanCheck NONE = new PlanCheck(Optional.empty(), ArmProblem.NONE, ArmProblem.NONE, "", "", "",
            Metric.of(StandardBlock.workload()), Optional.empty(), List.of());
    /// Fewer pairs have no interval.
    private static final int MIN_PAIRS = 6;
    private static final int MAX_PAIRS = 1000;

    /// The form at one moment.
    ///
    /// @param pairs number of pairs as typed
    /// @param scenario file or name of the scenario of a block; empty for the usual load
    record Draft(ArmForm.Input a, ArmForm.Input b, Metric primary, String pairs, Optional<Path> scenario) {}

    /// Why an arm cannot be compared.
    ///
    /// @param sentence empty for no problem
    /// @param ofProfile whether its profile is the problem; otherwise its settings are
    record ArmProblem(String sentence, boolean ofProfile) {
        private static final ArmProblem NONE = new ArmProblem("", false);

        private boolean isEmpty() {
            return sentence.isEmpty();
        }
    }

    /// An arm, or why there is none.
    private record Made(@Nullable Arm arm, ArmProblem problem) {}

    /// The load of a block, or why there is none.
    ///
    /// @param scenario null for the usual load
    private record Block(@Nullable Workload load, @Nullable ComparedScenario scenario, String problem) {}

    /// Makes the plan of a form. Reads files of profiles and of a scenario, and computes for some milliseconds.
    static PlanCheck of(Draft draft, Lab lab) {
        Arms arms = lab.arms().get();
        Made a = make(arms, draft.a());
        Made b = make(arms, draft.b());
        Block block = block(draft.scenario());
        int pairs = pairs(draft.pairs());
        String problemPairs = pairs == 0
                ? String.format(Locale.ROOT, "Enter a whole number from %d to %,d.", MIN_PAIRS, MAX_PAIRS)
                : "";
        List<Metric> metrics = Metric.of(block.load() == null ? StandardBlock.workload() : block.load());
        String problemPrimary = metrics.contains(draft.primary())
                ? ""
                : "The load has no operation for " + draft.primary().title() + "; choose another metric.";
        Optional<ComparisonPlan> plan = problemPrimary.isEmpty()
                ? plan(draft, a.arm(), b.arm(), pairs, block)
                : Optional.empty();
        return new PlanCheck(plan, a.problem(), b.problem(), problemPairs, block.problem(), problemPrimary, metrics,
                plan.flatMap(lab.comparisons()::smallestDifference),
                a.problem().isEmpty() && b.problem().isEmpty()
                        ? notCompared(arms, draft)
                        : List.of());
    }

    private static Block block(Optional<Path> source) {
        if (source.isEmpty()) {
            return new Block(StandardBlock.workload(), null, "");
        }
        try {
            ComparedScenario scenario = new ComparedScenario(Scenarios.read(source.get()));
            // The form shows the arms, so that they are always chosen.
            List<String> problems = scenario.problems(true);
            if (!problems.isEmpty()) {
                return new Block(null, null, String.join(" ", problems));
            }
            WorkloadCheck.check(scenario.block());
            return new Block(scenario.block(), scenario, "");
        } catch (ConfigException | IllegalArgumentException e) {
            return new Block(null, null, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ComparisonPlan> plan(Draft draft, @Nullable Arm a, @Nullable Arm b, int pairs,
            Block block) {
        Workload load = block.load();
        if (a == null || b == null || pairs == 0 || load == null) {
            return Optional.empty();
        }
        ComparedScenario scenario = block.scenario();
        return Optional.of(new ComparisonPlan(scenario == null ? a : scenario.behindNetwork(a),
                scenario == null ? b : scenario.behindNetwork(b), load, scenario == null, draft.primary(), pairs, false,
                ComparisonPlan.MARGIN, ComparisonPlan.RECALL_TURNS));
    }

    private static Made make(Arms arms, ArmForm.Input input) {
        try {
            return new Made(arms.arm(input.profile(), input.settings()), ArmProblem.NONE);
        } catch (ConfigException e) {
            return new Made(null, new ArmProblem(
                    e.problems().stream().map(PlanCheck::sentence).collect(Collectors.joining(" ")),
                    !works(arms, input.profile())));
        }
    }

    private static boolean works(Arms arms, Optional<String> profile) {
        try {
            arms.arm(profile, List.of());
            return true;
        } catch (ConfigException _) {
            return false;
        }
    }

    private static String sentence(ConfigProblem problem) {
        String text = problem.toString();
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    /// Returns the number of pairs; 0 when the text is none that a comparison can have.
    private static int pairs(String text) {
        int number = TypedNumber.whole(text).orElse(0);
        return number >= MIN_PAIRS && number <= MAX_PAIRS ? number : 0;
    }

    private static List<ConfigChange> notCompared(Arms arms, Draft draft) {
        List<ConfigChange> both = new ArrayList<>(arms.notCompared(draft.a().profile()));
        arms.notCompared(draft.b().profile()).stream().filter(change -> !both.contains(change)).forEach(both::add);
        return List.copyOf(both);
    }
}
