package dev.memfuse.lab.tune;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.compare.BlockSizing;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallMeter;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// One tuning from its first load to its result, on the thread that calls [#run]. [#progress] and [#stop] are
/// thread-safe.
final class TuneExecution {
    private static final int FORMAT_VERSION = 1;
    /// Share of the budget for recall and the final comparison, at least and at most.
    private static final double FINAL_SHARE = 0.45;
    private static final double LARGEST_FINAL_SHARE = 0.75;
    /// Long enough for the first access of every user, which may open a model.
    private static final Workload.Warmup PROBE_WARMUP = new Workload.Warmup(Duration.ofSeconds(2),
            Duration.ofSeconds(15));
    private static final int RECALL_TURNS = 400;
    private static final int FINALISTS = 3;
    private static final String LAYERS = "layers.";

    private volatile TunePlan plan;
    private final Trials trials;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final Duration shortest;
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile String phase = "";
    private volatile @Nullable TuneSearch search;
    private volatile @Nullable FinalComparison last;
    private @Nullable RecallResult recall;
    private @Nullable ComparisonResult comparison;
    private final List<String> problems = new ArrayList<>();

    /// @param shortest shortest load
    TuneExecution(TunePlan plan, Trials trials, Supplier<Optional<MemoryEngine>> engine, Duration shortest) {
        this.plan = plan;
        this.trials = trials;
        this.engine = engine;
        this.shortest = shortest;
    }

    /// Searches, compares and reports. Blocks.
    ///
    /// @throws IllegalStateException when the start could not be measured or somebody else changed a setting; the
    ///         message is for the user
    TuneResult run() throws InterruptedException {
        if (plan.autoRate()) {
            phase = "finding the rate";
            double capacity = trials.run("load that finds the rate", plan.start().config(),
                    BlockSizing.probe(plan.load()).withWarmup(PROBE_WARMUP)).result().throughputPerS();
            plan = plan.withRate(BlockSizing.rate(capacity));
        }
        TuneSearch searching = new TuneSearch(plan, trials, shortest, now -> phase = now);
        search = searching;
        long budget = plan.budget().toNanos();
        searching.measureStart();
        if (searching.start().loads() == 0) {
            throw new IllegalStateException(trials.ended("The tuning was ended before its first load."));
        }
        double share = Math.clamp((double) FinalComparison.needed(plan, searching.start()).toNanos() / budget,
                FINAL_SHARE, LARGEST_FINAL_SHARE);
        List<Trial> left = searching.run(startNanos + Math.round(budget * (1 - share)));
        Optional<Trial> best = choose(left);
        if (best.isPresent() && !trials.stopped()) {
            FinalComparison comparing = new FinalComparison(plan, searching.start(), best.get(), shortest);
            last = comparing;
            phase = "final comparison";
            comparison = comparing.run(trials, engine, startNanos + budget).orElse(null);
        }
        phase = "";
        return result(searching, best);
    }

    /// Returns the best candidate whose recall keeps the goal, and the guardrail where the goal has no condition on it.
    private Optional<Trial> choose(List<Trial> ranked) {
        for (Trial trial : ranked.subList(0, Math.min(FINALISTS, ranked.size()))) {
            Optional<String> problem = trials.stopped() ? Optional.empty() : recallProblem(trial);
            if (problem.isEmpty()) {
                return Optional.of(trial);
            }
            trial.end(problem.get());
        }
        return Optional.empty();
    }

    private Optional<String> recallProblem(Trial trial) {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        phase = "recall of " + trial.candidate().name();
        RecallMeter meter = new RecallMeter(ready.get(), candidate -> trials.enter(phase,
                candidate ? trial.candidate().config() : plan.start().config()), trials::stopped);
        Optional<RecallResult> measured = meter.measure(RECALL_TURNS);
        trials.requireUndisturbed();
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        recall = measured.get();
        List<Constraint> conditions = plan.goal().onRecall();
        if (conditions.isEmpty()) {
            return Guardrails.recall(recall.a(), recall.b(), recall.difference())
                    .map(fall -> "ended by a guardrail: " + fall);
        }
        RecallResult now = recall;
        return conditions.stream().filter(condition -> condition.violation(now.b(), now.a()) > 0).findFirst()
                .map(broken -> String.format(Locale.ROOT, "breaks %s: %.3f against %.3f at the start", broken.text(),
                        now.b(), now.a()));
    }

    private TuneResult result(TuneSearch searching, Optional<Trial> best) {
        ComparisonResult compared = comparison;
        if (compared != null) {
            problems.addAll(compared.problems());
            problems.addAll(FinalComparison.brokenConditions(plan.goal(), compared));
        }
        List<ConfigChange> changes = best.map(trial -> trial.candidate().changes(plan.start().config()))
                .orElse(List.of());
        changes.stream().filter(change -> change.path().startsWith(LAYERS))
                .forEach(change -> problems.add("It changes what is remembered, not only how fast: " + change
                        + ". --keep layers keeps it."));
        FinalComparison comparing = last;
        if (comparing != null) {
            comparing.remark().ifPresent(problems::add);
        }
        boolean proven = compared != null && FinalComparison.proves(compared)
                && FinalComparison.brokenConditions(plan.goal(), compared).isEmpty();
        if (compared != null && FinalComparison.startFellShort(compared)) {
            problems.add("The start did not carry the offered load. That speaks for the candidate and is not held "
                    + "against it; the ratio says how they differ at this load.");
        }
        return new TuneResult(FORMAT_VERSION, startedAt, trials.stopped(), plan.goal().text(),
                sentence(best, proven), proven, problems, best.map(trial -> trial.candidate().number()).orElse(null),
                changes, best.isPresent() ? recall : null, compared,
                searching.outcomes(best.map(trial -> trial.candidate().number()).orElse(-1)), design(searching),
                searching.environment());
    }

    private String sentence(Optional<Trial> best, boolean proven) {
        if (best.isEmpty() && trials.stopped()) {
            return "No candidate was measured to the end; the start stays.";
        }
        if (best.isEmpty()) {
            return "No candidate kept the conditions of the goal and the guardrails; the start stays.";
        }
        String name = best.get().candidate().name();
        ComparisonResult compared = comparison;
        if (compared == null) {
            return String.format(Locale.ROOT, "Best so far: %s. It was not compared with the start.", name);
        }
        String figures = compared.primary().title() + " " + compared.primary().ratio().print() + " of the start";
        return proven
                ? String.format(Locale.ROOT, "Better than the start: %s, %s.", name, figures)
                : String.format(Locale.ROOT, "Not shown to be better than the start: %s, %s.", name, figures);
    }

    private Map<String, String> design(TuneSearch searching) {
        Map<String, String> design = new LinkedHashMap<>();
        List<TriedCandidate> tried = searching.tried();
        design.put("candidates", Numbers.count(Math.max(0, tried.size() - 1))
                + " tried: profiles, then a Latin hypercube around them");
        design.put("search", String.format(Locale.ROOT,
                "successive halving in %d rounds, 1 in %d goes on, the start beside them", TuneSearch.ROUNDS,
                TuneSearch.KEPT_ONE_IN));
        design.put("final", "a paired comparison with the start in blocks that the search did not use");
        design.put("guardrails", "errors 1 point more, a tail of twice the start, waits for a connection that time "
                + "out, recall");
        design.put("arrivals", plan.load().arrival() instanceof Workload.Arrival.Open open
                ? String.format(Locale.ROOT, "open, %s operations/s", Numbers.value(open.level()))
                : "closed: latency is service time");
        design.put("budget", Numbers.seconds(plan.budget().toMillis() / 1e3) + ", used "
                + Numbers.seconds((System.nanoTime() - startNanos) / 1e9));
        design.put("seed", Long.toString(plan.load().seed()));
        return design;
    }

    TunePlan plan() {
        return plan;
    }

    TuneRun.Status progress() {
        long elapsed = System.nanoTime() - startNanos;
        Duration left = plan.budget().minusNanos(elapsed);
        TuneSearch searching = search;
        return new TuneRun.Status(phase, Math.min(1, (double) elapsed / plan.budget().toNanos()),
                left.isNegative() ? Duration.ZERO : left, searching == null ? List.of() : searching.tried());
    }

    void stop() {
        trials.stop();
    }
}
