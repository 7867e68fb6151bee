package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.RunMeasurement;

/// The search of a tuning by successive halving: all candidates get a short load, the better third of them a longer
/// one, and so on. The start takes part in every round after the first, which
/// follows a load of the start: each round has its own reference. For one thread.
final class TuneSearch {
    /// Share of the candidates that a round keeps, as its inverse.
    static final int KEPT_ONE_IN = 3;
    static final int ROUNDS = 3;
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(60);
    private static final int MAX_CANDIDATES = 60;
    /// Candidates that are tried whatever the time: the known profiles.
    private static final int FEWEST = 4;

    private final TunePlan plan;
    private final Trials trials;
    private final Duration shortest;
    private final Consumer<String> phase;
    private final Trial start;
    private final List<Trial> all = new ArrayList<>();
    private volatile List<TriedCandidate> tried = List.of();
    private final Map<String, String> environment = new LinkedHashMap<>();

    /// @param shortest shortest load
    /// @param phase receives what happens now, in words
    TuneSearch(TunePlan plan, Trials trials, Duration shortest, Consumer<String> phase) {
        this.plan = plan;
        this.shortest = shortest;
        this.trials = trials;
        this.phase = phase;
        this.start = new Trial(new Candidate(0, plan.start().name(), plan.start().config()));
        all.add(start);
    }

    /// Measures the start alone, which tells how long loads take here. Blocks.
    void measureStart() throws InterruptedException {
        load(start, shortest, 0);
    }

    /// Searches until a moment, after [#measureStart]. Blocks.
    ///
    /// @param deadline on the clock of [System#nanoTime]
    /// @return the candidates that are left, best first
    List<Trial> run(long deadline) throws InterruptedException {
        Design design = new Design(plan.start().config(), plan.profiles(), plan.kept());
        List<Trial> alive = new ArrayList<>();
        for (Candidate candidate : design.candidates(MAX_CANDIDATES, plan.load().seed())) {
            alive.add(new Trial(candidate));
        }
        all.addAll(alive);
        for (int round = 1; round <= ROUNDS && !alive.isEmpty() && !trials.stopped(); round++) {
            round(round, alive, deadline);
            List<Trial> ranked = new Ranking(plan.goal(), start).order(alive);
            int kept = round == ROUNDS ? ranked.size() : Math.ceilDiv(ranked.size(), KEPT_ONE_IN);
            int number = round;
            ranked.stream().skip(kept)
                    .forEach(trial -> trial.end(String.format(Locale.ROOT, "left out after round %d", number)));
            alive = new ArrayList<>(ranked.subList(0, kept));
        }
        return List.copyOf(alive);
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    /// Loads the start and the candidates once, with the same operations and arrivals: in the first round as many as
    /// there is time for, in the order of the design; in the others all, in random order.
    private void round(int round, List<Trial> alive, long deadline) throws InterruptedException {
        long end = System.nanoTime() + left(deadline) / (ROUNDS - round + 1);
        Duration length = round == 1 ? shortest : length(round, alive, deadline);
        List<Trial> order = new ArrayList<>(alive);
        if (round > 1) {
            order.add(start);
            Collections.shuffle(order, new Random(plan.load().seed() + round));
        }
        int loaded = 0;
        for (Trial trial : order) {
            if (!trials.stopped() && (round > 1 ? left(deadline) > 0 : left(end) > 0 || loaded < FEWEST)) {
                phase.accept(String.format(Locale.ROOT, "round %d of %d, %s", round, ROUNDS,
                        trial.candidate().name()));
                trials.part(() -> load(trial, length, round));
                loaded++;
            }
        }
        for (Trial trial : alive) {
            if (trial.ended().isEmpty() && trial.loads() > 0) {
                new Guardrails(plan.start().config(), trial.candidate().config())
                        .breach(start.reading(), trial.reading())
                        .ifPresent(breach -> trial.end("ended by a guardrail: " + breach));
            }
        }
    }

    private Duration length(int round, List<Trial> alive, long deadline) {
        long around = 0;
        for (Trial trial : alive) {
            around += (trial.loads() == 0 ? start : trial).around().toNanos();
        }
        around += start.around().toNanos();
        long each = (left(deadline) / (ROUNDS - round + 1) - around) / (alive.size() + 1);
        return Duration.ofNanos(Math.clamp(each, shortest.toNanos(), LONGEST_LOAD.toNanos()));
    }

    /// Runs one load. A candidate whose load fails is left out; a change of settings by another hand ends the tuning.
    private void load(Trial trial, Duration length, int round) throws InterruptedException {
        long from = System.nanoTime();
        try {
            RunMeasurement measured = trials.run("load of " + trial.candidate().name(), trial.candidate().config(),
                    plan.load().withDuration(length).withSeed(plan.load().seed() + round));
            if (!trials.stopped()) {
                environment.putAll(measured.result().environment());
                trial.add(measured, Duration.ofNanos(System.nanoTime() - from));
                tried = outcomes(-1);
            }
        } catch (IllegalStateException e) {
            trials.requireUndisturbed();
            if (trial.candidate().number() == 0) {
                throw e;
            }
            trial.end("its load failed: " + e.getMessage());
        }
    }

    /// Returns the trial of the start.
    Trial start() {
        return start;
    }

    /// Returns the trials so far, the start first; not final. Thread-safe.
    List<TriedCandidate> tried() {
        return tried;
    }

    /// Returns the trials that had a load as parts of the result.
    ///
    /// @param best number of the chosen candidate; -1 for none
    List<TriedCandidate> outcomes(int best) {
        return all.stream().filter(trial -> trial.loads() > 0 || trial.ended().isPresent())
                .map(trial -> trial.tried(plan.goal(), plan.start().config(),
                        trial.candidate().number() == 0
                                ? "the start"
                                : trial.candidate().number() == best ? "chosen" : "left at the end"))
                .toList();
    }

    /// Returns properties of the machine, empty before the first load.
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }
}
