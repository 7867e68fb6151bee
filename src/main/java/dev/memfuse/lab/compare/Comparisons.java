package dev.memfuse.lab.compare;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs comparisons with the loads of this process. Close it before the loads.
public final class Comparisons extends Experiments<ComparisonPlan, ComparisonRun> implements ComparisonService {
    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);

    private final Tunables tunables;
    private final ServerRestart server;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final EqualArms equalArms;
    private final ComparisonSink sink;

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    public Comparisons(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            EqualArms equalArms) {
        this(loads, tunables, ServerRestart.NONE, engine, equalArms, ComparisonSink.NONE);
    }

    /// @param server restarts the server for arms that differ in what takes effect at its start
    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param equalArms keeps the last comparison of equal arms
    /// @param sink takes what each comparison measured
    public Comparisons(LoadService loads, Tunables tunables, ServerRestart server,
            Supplier<Optional<MemoryEngine>> engine, EqualArms equalArms, ComparisonSink sink) {
        super("comparison", loads);
        this.server = server;
        this.sink = sink;
        this.equalArms = equalArms;
        this.engine = engine;
        this.tunables = tunables;
    }

    private static final class Running extends RunningExperiment<ComparisonPlan, ComparisonRun.Status, ComparisonResult>
            implements
                ComparisonRun {
        Running(ComparisonPlan plan, ComparisonExecution execution) {
            super(() -> plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<ComparisonRun, ComparisonResult> prepare(ComparisonPlan plan, LoadReservation loads) {
        Trials trials = new Trials("comparison", loads, tunables, server, plan.restarted());
        ComparisonExecution execution = new ComparisonExecution(plan, trials, engine);
        Running running = new Running(plan, execution);
        return new Job<>(running, running, () -> {
            LOG.info("Compare: {} against {}, {} pairs", plan.b().name(), plan.a().name(), plan.pairs());
            ComparisonResult result;
            try (Trials _ = trials.hold()) {
                result = execution.run();
            }
            LOG.info("Compare: {}", result.sentence());
            keep(result);
            deliver(execution, result);
            return result;
        });
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
}
