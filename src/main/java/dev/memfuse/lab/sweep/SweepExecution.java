package dev.memfuse.lab.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.memfuse.lab.trial.TimeLeft;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.ScalabilityFit;
import dev.memfuse.metrics.stats.UniversalScalability;
import org.jspecify.annotations.Nullable;

/// One sweep from its first load to its result, on the thread that calls [#run]. [#progress] and [#stop] are
/// thread-safe.
final class SweepExecution {
    private static final int FORMAT_VERSION = 1;

    private final SweepPlan plan;
    private final Trials trials;
    /// Loads by the point of the grid, in the order of its values.
    private final Map<GridPoint, List<RunMeasurement>> measured = new TreeMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile List<SweepPoint> points = List.of();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile TimeLeft timeLeft = TimeLeft.START;
    private volatile String now = "";

    /// A point of the sweep.
    ///
    /// @param second value of the second parameter; null for one parameter
    private record GridPoint(double value, @Nullable Double second) implements Comparable<GridPoint> {
        private static final Comparator<GridPoint> ORDER = Comparator.comparingDouble(GridPoint::value)
                .thenComparingDouble(point -> point.second() == null ? 0 : point.second());

        @Override
        public int compareTo(GridPoint other) {
            return ORDER.compare(this, other);
        }
    }

    SweepExecution(SweepPlan plan, Trials trials) {
        this.plan = plan;
        this.trials = trials;
    }

    /// Runs the loads in rounds, in each round in another random order, so that a drift of the machine affects all
    /// values. Blocks.
    SweepResult run() throws InterruptedException {
        Random random = new Random(plan.workload().seed());
        for (int round = 0; round < plan.rounds() && !trials.stopped(); round++) {
            List<GridPoint> order = new ArrayList<>(grid());
            Collections.shuffle(order, random);
            for (GridPoint point : order) {
                if (!trials.stopped()) {
                    int current = round;
                    trials.part(() -> load(point, current));
                }
            }
        }
        now = "";
        return result();
    }

    private List<GridPoint> grid() {
        SweepDimension second = plan.second();
        return plan.values().stream()
                .flatMap(value -> second == null
                        ? Stream.of(new GridPoint(value, null))
                        : second.values().stream().map(other -> new GridPoint(value, other)))
                .toList();
    }

    private void load(GridPoint point, int round) throws InterruptedException {
        now = plan.describe(point.value(), point.second());
        RunMeasurement measurement = trials.run("load at " + now, plan.settings(point.value(), point.second()),
                plan.load(point.value(), point.second(), round));
        if (trials.stopped()) {
            return;
        }
        environment.putAll(measurement.result().environment());
        measured.computeIfAbsent(point, _ -> new ArrayList<>()).add(measurement);
        List<SweepPoint> all = new ArrayList<>();
        measured.forEach((at, rounds) -> all.add(SweepAnalysis.point(at.value(), at.second(), rounds)));
        points = List.copyOf(all);
        timeLeft = new TimeLeft(loads.incrementAndGet(), System.nanoTime() - startNanos);
    }

    private SweepResult result() {
        if (points.isEmpty()) {
            throw new IllegalStateException(trials.ended("The sweep was ended before its first load."));
        }
        SweepDimension second = plan.second();
        ScalabilityFit fit = second == null
                ? SweepAnalysis.fit(points)
                : new ScalabilityFit.Refused("it is a law of one parameter, and this is a grid of two.");
        return new SweepResult(FORMAT_VERSION, startedAt, trials.stopped(), plan.parameter(),
                SweepAnalysis.sentence(plan, points), points,
                fit instanceof UniversalScalability law ? SweepAnalysis.law(law, points) : null,
                fit instanceof ScalabilityFit.Refused refused ? refused.reason() : "",
                SweepAnalysis.problems(points, point -> plan.describe(point.value(), point.second())), design(),
                Map.copyOf(environment),
                second == null ? null : second.parameter());
    }

    private Map<String, String> design() {
        Map<String, String> design = new LinkedHashMap<>();
        design.put("loads",
                Numbers.count(loads.get()) + " of " + Numbers.count(plan.loads())
                        + ", " + Numbers.count(plan.rounds(), "round") + " in random order");
        design.put("load", Numbers.seconds(plan.workload().duration().toMillis() / 1e3) + " measured after "
                + Numbers.seconds(plan.workload().warmup().minimum().toMillis() / 1e3)
                + " of settle time, with users of its own");
        trials.freshServers("load").ifPresent(text -> design.put("server", text));
        design.put("percentiles", "of the sum of the rounds' histograms");
        design.put("seed", Long.toString(plan.workload().seed()));
        return design;
    }

    SweepRun.Status progress() {
        int total = plan.loads();
        return new SweepRun.Status(loads.get(), total,
                trials.restarting() ? now + ", restarting PostgreSQL" : now,
                timeLeft.of(plan.planned(), total, System.nanoTime() - startNanos), points);
    }

    void stop() {
        trials.stop();
    }
}
