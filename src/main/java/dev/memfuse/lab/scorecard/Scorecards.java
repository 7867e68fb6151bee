package dev.memfuse.lab.scorecard;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.ExperimentRunner;
import dev.memfuse.lab.trial.ExperimentRunner.Job;
import dev.memfuse.load.LoadService;
import dev.memfuse.metrics.MetricsHub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs scorecards on the engine of this process. Close it before the engine.
public final class Scorecards implements ScorecardService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scorecards.class);

    private final Environment environment;
    private final BiConsumer<ScorecardPlan, ScorecardResult> sink;
    private final ExperimentRunner<ScorecardRun> runner;

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

    /// @param sink takes each result before it is published; must not fail
    public Scorecards(Environment environment, BiConsumer<ScorecardPlan, ScorecardResult> sink) {
        this.sink = sink;
        this.environment = environment;
        this.runner = new ExperimentRunner<>("scorecard", environment.loads());
    }

    private record Running(ScorecardPlan plan, ScorecardExecution execution,
            CompletableFuture<ScorecardResult> future) implements ScorecardRun {
        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<ScorecardResult> result() {
            return future.copy();
        }
    }

    @Override
    public ScorecardRun start(ScorecardPlan plan) {
        return runner.start(_ -> job(plan));
    }

    private Job<ScorecardRun, ScorecardResult> job(ScorecardPlan plan) {
        MemoryEngine engine = environment.engine().get()
                .orElseThrow(() -> new IllegalStateException("The engine is not ready."));
        ScorecardExecution execution = new ScorecardExecution(plan, new BlockRunner(engine, environment.metrics()),
                environment.tunables(), environment.arms().get());
        CompletableFuture<ScorecardResult> future = new CompletableFuture<>();
        return new Job<>(new Running(plan, execution, future), () -> {
            LOG.info("Scorecard: {} rounds, {} blocks", plan.rounds(), plan.blocks());
            ScorecardResult result = execution.run();
            LOG.info("Scorecard: {} promises kept, {} not kept", result.count(PromiseResult.Outcome.KEPT),
                    result.count(PromiseResult.Outcome.NOT_KEPT));
            sink.accept(plan, result);
            return result;
        }, execution::stop, future);
    }

    @Override
    public Optional<ScorecardRun> current() {
        return runner.current();
    }

    @Override
    public void onRun(Consumer<ScorecardRun> listener) {
        runner.onRun(listener);
    }

    /// Ends the scorecard in progress and waits until its settings are restored.
    @Override
    public void close() {
        runner.close();
    }
}
