package dev.memfuse.lab.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.trial.ArmReading;
import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.lab.trial.TimeLeft;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.GroupSequential;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// One comparison from its first block to its result, on the thread that calls [#run]. The other methods are
/// thread-safe.
public final class ComparisonExecution {
    private static final int FORMAT_VERSION = 1;

    private volatile ComparisonPlan plan;
    private final Trials trials;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final List<Block> blocks = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<Boolean, RunMeasurement> measured = new HashMap<>();
    private final GroupSequential looks = GroupSequential.obrienFleming(ComparisonPlan.ALPHA, ComparisonPlan.LOOKS);
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile int pairs;
    /// Number of the current block, from 1; 0 while none runs.
    private volatile int current;
    private volatile TimeLeft timeLeft = TimeLeft.START;
    private volatile String arm = "";
    private volatile Optional<MetricResult> interim = Optional.empty();
    private volatile boolean asking;
    private @Nullable RecallResult recall;
    private @Nullable String aborted;
    private final ArmReading readingA = new ArmReading();
    private final ArmReading readingB = new ArmReading();
    private final Spectra spectra = new Spectra();
    private final BlockLatencies latencies = new BlockLatencies(startedAt);

    /// @param trials runs the blocks; stays open
    /// @param engine returns the engine once it is ready, for the questions of recall
    public ComparisonExecution(ComparisonPlan plan, Trials trials, Supplier<Optional<MemoryEngine>> engine) {
        this.plan = plan;
        this.trials = trials;
        this.engine = engine;
    }

    /// Runs the blocks and judges them. Blocks.
    ///
    /// @throws IllegalStateException when a block failed, settings were changed by someone else, or no pair ended; the
    ///         message is for the user
    public ComparisonResult run() throws InterruptedException {
        if (plan.autoRate()) {
            chooseRate();
        } else {
            plan = plan.withBlock(BlockSizing.grown(plan.block(), plan.primary()));
        }
        List<Boolean> order = BlockOrder.firstIsA(plan.pairs(), plan.block().seed());
        while (pairs < plan.pairs() && !trials.stopped() && aborted == null && !decided()) {
            trials.part(() -> pair(pairs + 1, order.get(pairs)));
        }
        measureRecall();
        arm = "";
        return result();
    }

    /// Measures recall under both arms, away from the timed load.
    private void measureRecall() {
        Optional<MemoryEngine> ready = engine.get();
        if (plan.recallTurns() > 0 && !trials.stopped() && aborted == null && ready.isPresent()) {
            asking = true;
            RecallMeter meter = new RecallMeter(ready.get(), this::enter, trials::stopped);
            recall = meter.measure(plan.recallTurns()).orElse(null);
            trials.requireUndisturbed();
        }
    }

    private void chooseRate() throws InterruptedException {
        double slower = Double.POSITIVE_INFINITY;
        for (boolean candidate : new boolean[]{false, true}) {
            slower = Math.min(slower, run("load that finds the rate of", candidate, BlockSizing.probe(plan.block()))
                    .result().throughputPerS());
        }
        if (!trials.stopped()) {
            plan = plan.withBlock(BlockSizing.sized(plan.block(), BlockSizing.rate(slower), plan.primary()));
        }
    }

    private RunMeasurement run(String what, boolean candidate, Workload workload) throws InterruptedException {
        arm = candidate ? "B" : "A";
        return trials.run(what + " arm " + arm, config(candidate), workload);
    }

    private void enter(boolean candidate) {
        arm = candidate ? "B" : "A";
        trials.enter("arm " + arm, config(candidate));
    }

    private MemFuseConfig config(boolean candidate) {
        return (candidate ? plan.b() : plan.a()).config();
    }

    /// Runs both blocks of a pair. A pair that was ended by hand is not counted.
    private void pair(int number, boolean firstIsA) throws InterruptedException {
        List<Block> both = new ArrayList<>();
        measured.clear();
        for (boolean candidate : new boolean[]{!firstIsA, firstIsA}) {
            current = 2 * (number - 1) + both.size() + 1;
            Block block = block(number, candidate);
            current = 0;
            if (trials.stopped()) {
                return;
            }
            both.add(block);
        }
        blocks.addAll(both);
        measured.forEach((candidate, measurement) -> {
            spectra.add(candidate, measurement.latencies());
            latencies.add(number, candidate, measurement);
            (candidate ? readingB : readingA).add(measurement);
        });
        if (plan.guarded()) {
            aborted = new Guardrails(plan.a().config(), plan.b().config()).breach(readingA, readingB).orElse(null);
        }
        pairs = number;
        timeLeft = new TimeLeft(number, System.nanoTime() - startNanos);
        interim = Optional.of(judge().judge(plan.primary(), blocks));
    }

    private Block block(int number, boolean candidate) throws InterruptedException {
        // Both blocks of a pair have the same operations and arrivals; each pair has its own.
        RunMeasurement measurement = run("block " + number + " of", candidate,
                plan.block().withSeed(plan.block().seed() + number));
        environment.putAll(measurement.result().environment());
        measured.put(candidate, measurement);
        return block(number, candidate, measurement);
    }

    private Block block(int number, boolean candidate, RunMeasurement measurement) {
        Map<String, Double> values = new LinkedHashMap<>();
        Metric.of(plan.block())
                .forEach(metric -> metric.of(measurement).ifPresent(value -> values.put(metric.name(), value)));
        return new Block(number, candidate, measurement.result().startedAt(), measurement.result().seconds(),
                measurement.result().succeeded(), measurement.result().errors(), measurement.result().verdict(),
                Map.copyOf(values));
    }

    /// Returns whether a planned look at the data decides. Between the looks nothing is decided.
    private boolean decided() {
        if (!plan.untilDecided() || !looks.isLook(pairs)) {
            return false;
        }
        return new ComparisonJudge(plan, looks.alphaAt(pairs)).judge(plan.primary(), blocks).ratio()
                .decision() != Decision.NOT_ENOUGH;
    }

    private ComparisonJudge judge() {
        return new ComparisonJudge(plan,
                plan.untilDecided() && looks.isLook(pairs) ? looks.alphaAt(pairs) : ComparisonPlan.ALPHA);
    }

    private ComparisonResult result() {
        if (pairs == 0) {
            throw new IllegalStateException(trials.ended("The comparison was ended before its first pair."));
        }
        List<Block> ended = List.copyOf(blocks);
        ComparisonJudge judge = judge();
        List<MetricResult> metrics = judge.judgeAll(ended);
        List<Problem> problems = new ArrayList<>(judge.problems(ended, recall));
        String breach = aborted == null ? null : "A guardrail ended the comparison: " + aborted + ".";
        if (breach != null) {
            problems.addFirst(new Problem("a guardrail ended the comparison", breach, false));
        }
        Decision decision = ComparisonJudge.decision(metrics.getFirst(), problems);
        return new ComparisonResult(FORMAT_VERSION, startedAt, trials.stopped(), plan.a().name(), plan.b().name(),
                plan.differences(), decision,
                breach == null ? judge.sentence(metrics.getFirst(), decision, problems) : breach,
                sentences(problems), metrics, recall, spectra.rows(), ended,
                design(metrics), Map.copyOf(environment),
                breach);
    }

    /// The pairs that ended count as before; what failed in the block that was ended is only told.
    private List<String> sentences(List<Problem> problems) {
        return Stream.concat(problems.stream().map(Problem::sentence), trials.failure().stream()).toList();
    }

    private Map<String, String> design(List<MetricResult> metrics) {
        MetricResult primary = metrics.getFirst();
        Map<String, String> design = new LinkedHashMap<>();
        design.put("pairs", Numbers.count(pairs) + " of " + Numbers.count(plan.pairs()));
        design.put("order", "random, balanced over every two pairs (ABBA or BAAB)");
        design.put("block", String.format(Locale.ROOT, "%s measured after %s of settle time, with users of its own",
                Numbers.seconds(plan.block().duration().toMillis() / 1e3),
                Numbers.seconds(plan.block().warmup().minimum().toMillis() / 1e3)));
        trials.freshServers("block").ifPresent(text -> design.put("database server", text));
        if (plan.block().arrival() instanceof Workload.Arrival.Open open) {
            design.put("arrivals", String.format(Locale.ROOT, "open, %s operations/s",
                    Numbers.value(open.shape().level())));
        } else {
            design.put("arrivals", "closed: latency is service time");
        }
        design.put("network", NetworkProfile.of(plan.a().config().network()).map(NetworkProfile::title)
                .orElse("a round trip of " + Numbers.value(plan.a().config().network().roundTrip().toNanos() / 1e6)
                        + " ms"));
        design.put("seed", Long.toString(plan.block().seed()) + " and the following, one a pair");
        design.put("primary metric", primary.title());
        design.put("interval", primary.ratio().method());
        design.put("margin", String.format(Locale.ROOT, "%.1f %%", plan.margin() * 100));
        design.put("stop", plan.untilDecided()
                ? "when a look of O'Brien and Fleming's rule decides, at 8, 16, 24 or 32 pairs"
                : "after a fixed number of pairs");
        design.put("other metrics", "corrected by Holm's method");
        LeftOut.of(plan.block(), metrics, operation -> spectra.samples(operation) / pairs)
                .ifPresent(text -> design.put(LeftOut.NAME, text));
        return design;
    }

    /// Returns the plan with the rate and the length of the blocks that were chosen.
    public ComparisonPlan plan() {
        return plan;
    }

    /// Returns the latencies of the blocks; complete after [#run].
    public BlockLatencies latencies() {
        return latencies;
    }

    /// Returns the progress now.
    public ComparisonRun.Status progress() {
        int done = pairs;
        return new ComparisonRun.Status(done, current, asking ? "" : arm, trials.restarting(), trials.phase(),
                timeLeft.of(plan.planned(), plan.pairs(), plan.recallTime(), System.nanoTime() - startNanos), interim,
                List.copyOf(blocks));
    }

    /// Ends the current block, and the comparison with it.
    public void stop() {
        trials.stop();
    }
}
