package dev.memfuse.lab.scorecard;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import dev.memfuse.metrics.MetricsHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs scorecards on the engine of this process. Close it before the engine.
public final class Scorecards extends Experiments<ScorecardPlan, ScorecardRun> implements ScorecardService {
    private static final Logger LOG = LoggerFactory.getLogger(Scorecards.class);

    private final Environment environment;
    private final BiConsumer<ScorecardPlan, ScorecardResult> sink;

    /// What a scorecard needs of the program.
    ///
    /// @param engine the running engine; empty when it is not ready
    /// @param tunables settings of the engine
    /// @param metrics measurements of the engine
    /// @param arms makes settings from profiles and the configuration in force
    /// @param loads reserved for the time of a scorecard, so that no load disturbs it
    public record Environment(Supplier<Optional<MemoryEngine>> engine, Tunables tunables, MetricsHub metrics,
            Supplier<Arms> arms, LoadService loads) {}

    /// Creates a service that records nothing.
    public Scorecards(Environment environment) {
        this(environment, (_, _) -> {});
    }

    /// @param sink takes each result with a round before it is published; must not fail
    public Scorecards(Environment environment, BiConsumer<ScorecardPlan, ScorecardResult> sink) {
        super("scorecard", environment.loads());
        this.sink = sink;
        this.environment = environment;
    }

    private static final class Running extends RunningExperiment<ScorecardPlan, ScorecardRun.Status, ScorecardResult>
            implements
                ScorecardRun {
        Running(ScorecardPlan plan, ScorecardExecution execution) {
            super(() -> plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<ScorecardRun, ScorecardResult> prepare(ScorecardPlan plan, LoadReservation loads) {
        MemoryEngine engine = environment.engine().get()
                .orElseThrow(() -> new IllegalStateException("The engine is not ready."));
        ScorecardExecution execution = new ScorecardExecution(plan, new BlockRunner(engine, environment.metrics()),
                environment.tunables(), environment.arms().get());
        Running running = new Running(plan, execution);
        return new Job<>(running, running, () -> {
            LOG.info("Scorecard: {} rounds, {} blocks", plan.rounds(), plan.blocks());
            ScorecardResult result = execution.run();
            LOG.info("Scorecard: {} promises kept, {} not kept", result.count(PromiseResult.Outcome.KEPT),
                    result.count(PromiseResult.Outcome.NOT_KEPT));
            if (result.rounds() > 0) {
                sink.accept(plan, result);
            }
            return result;
        });
    }
}
