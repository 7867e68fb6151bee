package dev.memfuse.lab.advice.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.advice.ServerState;
import dev.memfuse.lab.trial.ExperimentRunner;
import dev.memfuse.lab.trial.ExperimentRunner.Job;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.progress.Progress;

/// Derives advice with the loads of this process. Close it before the loads.
public final class Advisor implements AdviceService, AutoCloseable {
    private final Environment environment;
    private final ExperimentRunner<AdviceRun> runner;

    /// What the advisor observes.
    ///
    /// @param tunables the settings in force
    /// @param metrics the measurements of the engine
    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param server reads the database server, may block; empty when it does not answer
    public record Environment(Tunables tunables, MetricsHub metrics, Supplier<Optional<MemoryEngine>> engine,
            Supplier<Optional<ServerState>> server) {}

    /// @param loads runs the loads
    public Advisor(LoadService loads, Environment environment) {
        this.environment = environment;
        this.runner = new ExperimentRunner<>("advice", loads);
    }

    private record Running(AdvicePlan plan, AdviceExecution execution, CompletableFuture<AdviceReport> future)
            implements
                AdviceRun {
        @Override
        public Progress progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<AdviceReport> result() {
            return future.copy();
        }
    }

    @Override
    public AdviceRun start(AdvicePlan plan) {
        return runner.start(loads -> job(plan, loads));
    }

    private Job<AdviceRun, AdviceReport> job(AdvicePlan plan, LoadReservation loads) {
        Trials trials = new Trials("advice", loads, environment.tunables());
        CompletableFuture<AdviceReport> future = new CompletableFuture<>();
        AdviceExecution execution = new AdviceExecution(plan, trials, environment);
        return new Job<>(new Running(plan, execution, future), () -> {
            try (Trials _ = trials) {
                return execution.run();
            }
        }, execution::stop, future);
    }

    @Override
    public Optional<AdviceRun> current() {
        return runner.current();
    }

    @Override
    public void onRun(Consumer<AdviceRun> listener) {
        runner.onRun(listener);
    }

    /// Ends the run in progress.
    @Override
    public void close() {
        runner.close();
    }
}
