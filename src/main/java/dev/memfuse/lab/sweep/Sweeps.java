package dev.memfuse.lab.sweep;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.memfuse.config.Tunables;
import dev.memfuse.lab.trial.ExperimentRunner;
import dev.memfuse.lab.trial.ExperimentRunner.Job;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;

/// Runs sweeps with the loads of this process. Close it before the loads.
public final class Sweeps implements SweepService, AutoCloseable {
    private final Tunables tunables;
    private final BiConsumer<SweepPlan, SweepResult> sink;
    private final ExperimentRunner<SweepRun> runner;

    /// Creates a service that records nothing.
    public Sweeps(LoadService loads, Tunables tunables) {
        this(loads, tunables, (_, _) -> {});
    }

    /// @param sink takes each result before it is published; must not fail
    public Sweeps(LoadService loads, Tunables tunables, BiConsumer<SweepPlan, SweepResult> sink) {
        this.sink = sink;
        this.tunables = tunables;
        this.runner = new ExperimentRunner<>("sweep", loads);
    }

    private record Running(SweepPlan plan, SweepExecution execution, CompletableFuture<SweepResult> future)
            implements
                SweepRun {
        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<SweepResult> result() {
            return future.copy();
        }
    }

    @Override
    public SweepRun start(SweepPlan plan) {
        return runner.start(loads -> job(plan, loads));
    }

    private Job<SweepRun, SweepResult> job(SweepPlan plan, LoadReservation loads) {
        Trials trials = new Trials("sweep", loads, tunables);
        CompletableFuture<SweepResult> future = new CompletableFuture<>();
        SweepExecution execution = new SweepExecution(plan, trials);
        return new Job<>(new Running(plan, execution, future), () -> {
            try (Trials _ = trials) {
                SweepResult result = execution.run();
                sink.accept(plan, result);
                return result;
            }
        }, execution::stop, future);
    }

    @Override
    public Optional<SweepRun> current() {
        return runner.current();
    }

    @Override
    public void onRun(Consumer<SweepRun> listener) {
        runner.onRun(listener);
    }

    @Override
    public void close() {
        runner.close();
    }
}
