package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tunings with the loads of this process. Close it before the loads.
public final class Tunes extends Experiments<TunePlan, TuneRun> implements TuneService {
    private static final Logger LOG = LoggerFactory.getLogger(Tunes.class);

    private static final Duration SHORTEST_LOAD = Duration.ofSeconds(2);

    private final BiConsumer<TunePlan, TuneResult> sink;
    private final Duration shortest;
    private final Tunables tunables;
    private final Supplier<Optional<MemoryEngine>> engine;

    /// @param engine returns the engine once it is ready, for the questions of recall
    public Tunes(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine) {
        this(loads, tunables, engine, (_, _) -> {});
    }

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param sink takes each result, with the plan and the rate that was found, before it is published; must not fail
    public Tunes(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            BiConsumer<TunePlan, TuneResult> sink) {
        this(loads, tunables, engine, sink, SHORTEST_LOAD);
    }

    /// @param shortest shortest load
    Tunes(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            BiConsumer<TunePlan, TuneResult> sink, Duration shortest) {
        super("tuning", loads);
        this.sink = sink;
        this.shortest = shortest;
        this.tunables = tunables;
        this.engine = engine;
    }

    private static final class Running extends RunningExperiment<TunePlan, TuneRun.Status, TuneResult>
            implements
                TuneRun {
        Running(TuneExecution execution) {
            super(execution::plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<TuneRun, TuneResult> prepare(TunePlan plan, LoadReservation loads) {
        Trials trials = new Trials("tuning", loads, tunables);
        TuneExecution execution = new TuneExecution(plan, trials, engine, shortest);
        Running running = new Running(execution);
        return new Job<>(running, running, () -> {
            LOG.info("Load: tuning, {}, budget {} s", plan.goal().text(), plan.budget().toSeconds());
            try (Trials _ = trials.hold()) {
                TuneResult result = execution.run();
                LOG.info("Load: tuning ended. {}", result.sentence());
                sink.accept(execution.plan(), result);
                return result;
            }
        });
    }
}
