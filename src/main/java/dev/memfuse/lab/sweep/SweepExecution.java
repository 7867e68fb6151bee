package dev.memfuse.lab.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.lab.trial.TimeLeft;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.ScalabilityFit;
import dev.memfuse.metrics.stats.UniversalScalability;

/// One sweep from its first load to its result, on the thread that calls [#run]. [#progress] and [#stop] are
/// thread-safe.
final class SweepExecution {
    private static final int FORMAT_VERSION = 1;

    private final SweepPlan plan;
    private final Trials trials;
    private final Map<Double, List<RunMeasurement>> measured = new TreeMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile List<SweepPoint> points = List.of();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile TimeLeft timeLeft = TimeLeft.START;
    private volatile String now = "";

    SweepExecution(SweepPlan plan, Trials trials) {
        this.plan = plan;
        this.trials = trials;
    }

    /// Runs the loads in rounds, in each round in another random order, so that a drift of the machine affects all
    /// values. Blocks.
    SweepResult run() throws InterruptedException {
        Random random = new Random(plan.workload().seed());
        for (int round = 0; round < plan.rounds() && !trials.stopped(); round++) {
            List<Double> order = new ArrayList<>(plan.values());
            Collections.shuffle(order, random);
            for (double value : order) {
                if (!trials.stopped()) {
                    load(value, round);
                }
            }
        }
        now = "";
        return result();
    }

    private void load(double value, int round) throws InterruptedException {
        now = plan.describe(value);
        RunMeasurement measurement = trials.run("load at " + now, plan.settings(value), plan.load(value, round));
        if (trials.stopped()) {
            return;
        }
        environment.putAll(measurement.result().environment());
        measured.computeIfAbsent(value, _ -> new ArrayList<>()).add(measurement);
        List<SweepPoint> all = new ArrayList<>();
        measured.forEach((at, rounds) -> all.add(SweepAnalysis.point(at, rounds)));
        points = List.copyOf(all);
        timeLeft = new TimeLeft(loads.incrementAndGet(), System.nanoTime() - startNanos);
    }

    private SweepResult result() {
        if (points.isEmpty()) {
            throw new IllegalStateException("The sweep was ended before its first load.");
        }
        ScalabilityFit fit = SweepAnalysis.fit(points);
        return new SweepResult(FORMAT_VERSION, startedAt, trials.stopped(), plan.parameter(),
                SweepAnalysis.sentence(plan.parameter(), points), points,
                fit instanceof UniversalScalability law ? SweepAnalysis.law(law, points) : null,
                fit instanceof ScalabilityFit.Refused refused ? refused.reason() : "",
                SweepAnalysis.problems(plan.parameter(), points), design(), Map.copyOf(environment));
    }

    private Map<String, String> design() {
        Map<String, String> design = new LinkedHashMap<>();
        design.put("loads",
                Numbers.count(loads.get()) + " of " + Numbers.count(plan.loads())
                        + ", " + Numbers.count(plan.rounds(), "round") + " in random order");
        design.put("load", Numbers.seconds(plan.workload().duration().toMillis() / 1e3) + " measured after "
                + Numbers.seconds(plan.workload().warmup().minimum().toMillis() / 1e3)
                + " of settle time, with users of its own");
        design.put("percentiles", "of the sum of the rounds' histograms");
        design.put("seed", Long.toString(plan.workload().seed()));
        return design;
    }

    SweepRun.Status progress() {
        int total = plan.loads();
        return new SweepRun.Status(loads.get(), total, now,
                timeLeft.of(plan.planned(), total, System.nanoTime() - startNanos), points);
    }

    void stop() {
        trials.stop();
    }
}
