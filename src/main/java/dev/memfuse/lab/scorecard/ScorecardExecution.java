package dev.memfuse.lab.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.TimeLeft;
import dev.memfuse.lab.trial.TrialSettings;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.SteadyClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One scorecard from its first block to its result, on the thread that calls [#run]. The other methods are
/// thread-safe.
final class ScorecardExecution {
    private static final Logger LOG = LoggerFactory.getLogger(ScorecardExecution.class);
    private static final int FORMAT_VERSION = 1;
    /// Users of a block that only warms up, so that no phase pays for the first start of the code.
    private static final int WARMUP_ROUND = 0;

    private final ScorecardPlan plan;
    private final BlockRunner runner;
    private final Tunables tunables;
    private final Arms arms;
    private final List<PhaseBlock> blocks = new CopyOnWriteArrayList<>();
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile long measuredFromNanos;
    private volatile TimeLeft timeLeft = TimeLeft.START;
    private volatile String current = "";
    private volatile List<PromiseResult> interim = List.of();
    private volatile int rounds;
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean stopped;

    /// @param arms makes the settings of a phase
    ScorecardExecution(ScorecardPlan plan, BlockRunner runner, Tunables tunables, Arms arms) {
        this.plan = plan;
        this.runner = runner;
        this.tunables = tunables;
        this.arms = arms;
    }

    /// Runs all blocks and judges the promises; the configuration from before is in force again afterwards. Blocks.
    ///
    /// @throws IllegalStateException when settings were changed by someone else; the message is for the user
    ScorecardResult run() throws InterruptedException {
        try (TrialSettings settings = new TrialSettings("scorecard", tunables, this::stop).hold()) {
            Map<Phase, MemFuseConfig> configs = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                configs.put(phase, arms.arm(Optional.of(phase.profile()), List.of()).config());
            }
            for (Phase phase : Phase.values()) {
                block(settings, NetworkProfile.LOCAL, WARMUP_ROUND, phase, configs);
            }
            measuredFromNanos = System.nanoTime();
            for (int round = 1; round <= plan.rounds() && !stopped; round++) {
                roundUnlessStopped(settings, round, configs);
            }
        } finally {
            current = "";
        }
        return new ScorecardResult(FORMAT_VERSION, startedAt, (System.nanoTime() - startNanos) / 1e9, stopped, rounds,
                interim, List.copyOf(blocks), EnvironmentInfo.ofThisProcess());
    }

    /// A round that fails after [#stop], for instance since the engine ends with the program, is not counted; those
    /// before it stay.
    private void roundUnlessStopped(TrialSettings settings, int round, Map<Phase, MemFuseConfig> configs)
            throws InterruptedException {
        try {
            round(settings, round, configs);
        } catch (InterruptedException e) {
            if (!stopped) {
                throw e;
            }
            LOG.info("Scorecard: a round was interrupted");
        } catch (IllegalStateException | EngineException e) {
            settings.requireUndisturbed();
            if (!stopped) {
                throw e;
            }
            LOG.info("Scorecard: a round failed after the stop. {}", e.getMessage());
        }
    }

    /// A round that was ended by hand is not counted.
    private void round(TrialSettings settings, int round, Map<Phase, MemFuseConfig> configs)
            throws InterruptedException {
        List<PhaseBlock> all = new ArrayList<>();
        for (NetworkProfile network : plan.networks()) {
            for (Phase phase : PhaseOrder.of(round)) {
                Optional<PhaseBlock> block = block(settings, network, round, phase, configs);
                if (block.isEmpty()) {
                    return;
                }
                all.add(block.get());
                timeLeft = new TimeLeft(ended.incrementAndGet(), System.nanoTime() - measuredFromNanos);
            }
        }
        blocks.addAll(all);
        rounds = round;
        interim = plan.networks().stream().flatMap(network -> {
            PromiseJudge judge = new PromiseJudge(network, blocks);
            return Promises.all().stream().map(judge::judge);
        }).toList();
    }

    private Optional<PhaseBlock> block(TrialSettings settings, NetworkProfile network, int round, Phase phase,
            Map<Phase, MemFuseConfig> configs) throws InterruptedException {
        if (stopped) {
            return Optional.empty();
        }
        current = String.format(Locale.ROOT, "%s, %s, network %s",
                round == WARMUP_ROUND ? "warm-up" : "round " + round, phase.title(), network.label());
        MemFuseConfig config = configs.getOrDefault(phase, tunables.get());
        settings.enter(phase.profile(), through(network, config));
        PhaseBlock block = runner.run(network, round, phase, plan.seed());
        settings.requireUndisturbed();
        return Optional.of(block);
    }

    private static MemFuseConfig through(NetworkProfile network, MemFuseConfig config) {
        NetworkConfig wanted = network.config();
        MemFuseConfig changed = ConfigValues.with(config, "network.round_trip", wanted.roundTrip());
        changed = ConfigValues.with(changed, "network.jitter", wanted.jitter());
        return ConfigValues.with(changed, "network.bandwidth", wanted.bandwidth());
    }

    ScorecardRun.Status progress() {
        long begun = measuredFromNanos;
        return new ScorecardRun.Status(ended.get(), current,
                timeLeft.of(plan.planned(), plan.blocks(), begun == 0 ? 0 : System.nanoTime() - begun), interim);
    }

    void stop() {
        stopped = true;
    }
}
