package dev.memfuse.lab.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.compare.Arms;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.SteadyClock;
import org.jspecify.annotations.Nullable;

/// One scorecard from its first block to its result, on the thread that calls [#run]. The other methods are
/// thread-safe.
final class ScorecardExecution {
    private static final int FORMAT_VERSION = 1;
    private static final String CAUSE = "scorecard";
    /// Users of a block that only warms up, so that no phase pays for the first start of the code.
    private static final int WARMUP_ROUND = 0;

    private final ScorecardPlan plan;
    private final BlockRunner runner;
    private final Tunables tunables;
    private final Arms arms;
    private final List<PhaseBlock> blocks = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> interference = new AtomicReference<>();
    private final Instant startedAt = SteadyClock.now();
    private final long startNanos = System.nanoTime();
    private volatile String current = "";
    private volatile List<PromiseResult> interim = List.of();
    private volatile int rounds;
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
        MemFuseConfig before = tunables.get();
        try (Tunables.Subscription _ = tunables.onChange(this::observe)) {
            Map<Phase, MemFuseConfig> configs = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                configs.put(phase, arms.arm(Optional.of(phase.profile()), List.of()).config());
            }
            for (Phase phase : Phase.values()) {
                block(NetworkProfile.LOCAL, WARMUP_ROUND, phase, configs);
            }
            for (int round = 1; round <= plan.rounds() && !stopped; round++) {
                round(round, configs);
            }
        } finally {
            current = "";
            if (interference.get() == null) {
                tunables.apply(CAUSE + " ended", _ -> before);
            }
        }
        return new ScorecardResult(FORMAT_VERSION, startedAt, (System.nanoTime() - startNanos) / 1e9, stopped, rounds,
                interim, List.copyOf(blocks), EnvironmentInfo.ofThisProcess());
    }

    /// A round that was ended by hand is not counted.
    private void round(int round, Map<Phase, MemFuseConfig> configs) throws InterruptedException {
        List<PhaseBlock> ended = new ArrayList<>();
        for (NetworkProfile network : plan.networks()) {
            for (Phase phase : PhaseOrder.of(round)) {
                Optional<PhaseBlock> block = block(network, round, phase, configs);
                if (block.isEmpty()) {
                    return;
                }
                ended.add(block.get());
            }
        }
        blocks.addAll(ended);
        rounds = round;
        interim = plan.networks().stream().flatMap(network -> {
            PromiseJudge judge = new PromiseJudge(network, blocks);
            return Promises.all().stream().map(judge::judge);
        }).toList();
    }

    private Optional<PhaseBlock> block(NetworkProfile network, int round, Phase phase,
            Map<Phase, MemFuseConfig> configs) throws InterruptedException {
        if (stopped) {
            return Optional.empty();
        }
        current = String.format(Locale.ROOT, "%s, %s, network %s",
                round == WARMUP_ROUND ? "warm-up" : "round " + round, phase.title(), network.label());
        MemFuseConfig config = configs.getOrDefault(phase, tunables.get());
        tunables.apply(CAUSE, _ -> ConfigValues.with(ConfigValues.with(ConfigValues.with(config,
                "network.round_trip", network.config().roundTrip()), "network.jitter", network.config().jitter()),
                "network.bandwidth", network.config().bandwidth()));
        PhaseBlock block = runner.run(network, round, phase, plan.seed());
        String changed = interference.get();
        if (changed != null) {
            throw new IllegalStateException(changed);
        }
        return Optional.of(block);
    }

    private void observe(Tunables.Change change) {
        if (!change.cause().equals(CAUSE)) {
            interference.compareAndSet(null, String.format(Locale.ROOT,
                    "Settings were changed during the scorecard (%s, by %s), so it was ended; the settings stay as they "
                            + "are now.",
                    change.keys().getFirst().path(), change.cause()));
        }
    }

    ScorecardRun.Status progress() {
        return new ScorecardRun.Status(blocks.size(), current, interim);
    }

    void stop() {
        stopped = true;
    }
}
