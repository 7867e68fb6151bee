package dev.memfuse.lab.compare;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.ExperimentRunner;
import dev.memfuse.lab.trial.ExperimentRunner.Job;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs comparisons with the loads of this process. Close it before the loads.
public final class Comparisons implements ComparisonService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);

    private final Tunables tunables;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final EqualArms equalArms;
    private final ComparisonSink sink;
    private final ExperimentRunner<ComparisonRun> runner;

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    public Comparisons(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            EqualArms equalArms) {
        this(loads, tunables, engine, equalArms, ComparisonSink.NONE);
    }

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    /// @param sink takes what each comparison measured
    public Comparisons(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            EqualArms equalArms, ComparisonSink sink) {
        this.sink = sink;
        this.equalArms = equalArms;
        this.engine = engine;
        this.tunables = tunables;
        this.runner = new ExperimentRunner<>("comparison", loads);
    }

    private record Running(ComparisonPlan plan, ComparisonExecution execution,
            CompletableFuture<ComparisonResult> future) implements ComparisonRun {
        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<ComparisonResult> result() {
            return future.copy();
        }
    }

    @Override
    public ComparisonRun start(ComparisonPlan plan) {
        return runner.start(loads -> job(plan, loads));
    }

    private Job<ComparisonRun, ComparisonResult> job(ComparisonPlan plan, LoadReservation loads) {
        Trials trials = new Trials("comparison", loads, tunables);
        CompletableFuture<ComparisonResult> future = new CompletableFuture<>();
        ComparisonExecution execution = new ComparisonExecution(plan, trials, engine);
        return new Job<>(new Running(plan, execution, future), () -> {
            LOG.info("Compare: {} against {}, {} pairs", plan.b().name(), plan.a().name(), plan.pairs());
            ComparisonResult result;
            try (Trials _ = trials) {
                result = execution.run();
            }
            LOG.info("Compare: {}", result.sentence());
            keep(result);
            deliver(execution, result);
            return result;
        }, execution::stop, future);
    }

    private void deliver(ComparisonExecution execution, ComparisonResult result) {
        try {
            sink.ended(execution.plan(), result, execution.latencies());
        } catch (RuntimeException | Error e) {
            BackgroundHealth.report("comparison sink", e);
        }
    }

    private void keep(ComparisonResult result) {
        if (result.differences().isEmpty() && !result.cancelled()) {
            try {
                equalArms.keep(result);
            } catch (UncheckedIOException e) {
                LOG.warn("Compare: {}", e.getMessage(), e);
            }
        }
    }

    @Override
    public Optional<EqualArms.Smallest> smallestDifference(ComparisonPlan plan) {
        return equalArms.smallest(plan.primary(), plan.pairs(), ComparisonPlan.ALPHA);
    }

    @Override
    public Optional<ComparisonRun> current() {
        return runner.current();
    }

    @Override
    public void onRun(Consumer<ComparisonRun> listener) {
        runner.onRun(listener);
    }

    /// Ends the comparison in progress and waits until its settings are restored.
    @Override
    public void close() {
        runner.close();
    }
}
