package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.ExperimentRunner;
import dev.memfuse.lab.trial.ExperimentRunner.Job;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tunings with the loads of this process. Close it before the loads.
public final class Tunes implements TuneService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunes.class);

    private static final Duration SHORTEST_LOAD = Duration.ofSeconds(2);

    private final Duration shortest;
    private final Tunables tunables;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final ExperimentRunner<TuneRun> runner;

    /// @param engine returns the engine once it is ready, for the questions of recall
    public Tunes(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine) {
        this(loads, tunables, engine, SHORTEST_LOAD);
    }

    /// @param shortest shortest load
    Tunes(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine, Duration shortest) {
        this.shortest = shortest;
        this.tunables = tunables;
        this.engine = engine;
        this.runner = new ExperimentRunner<>("tuning", loads);
    }

    private record Running(TuneExecution execution, CompletableFuture<TuneResult> future) implements TuneRun {
        @Override
        public TunePlan plan() {
            return execution.plan();
        }

        @Override
        public Status progress() {
            return execution.progress();
        }

        @Override
        public void stop() {
            execution.stop();
        }

        @Override
        public CompletableFuture<TuneResult> result() {
            return future.copy();
        }
    }

    @Override
    public TuneRun start(TunePlan plan) {
        return runner.start(loads -> job(plan, loads));
    }

    private Job<TuneRun, TuneResult> job(TunePlan plan, LoadReservation loads) {
        Trials trials = new Trials("tuning", loads, tunables);
        CompletableFuture<TuneResult> future = new CompletableFuture<>();
        TuneExecution execution = new TuneExecution(plan, trials, engine, shortest);
        return new Job<>(new Running(execution, future), () -> {
            LOG.info("Load: tuning, {}, budget {} s", plan.goal().text(), plan.budget().toSeconds());
            try (Trials _ = trials) {
                TuneResult result = execution.run();
                LOG.info("Load: tuning ended. {}", result.sentence());
                return result;
            }
        }, execution::stop, future);
    }

    @Override
    public Optional<TuneRun> current() {
        return runner.current();
    }

    @Override
    public void onRun(Consumer<TuneRun> listener) {
        runner.onRun(listener);
    }

    /// Ends the tuning in progress and waits until its settings are restored.
    @Override
    public void close() {
        runner.close();
    }
}
