package dev.memfuse.lab.advice.run;

import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.advice.ServerState;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.progress.Progress;

/// Derives advice with the loads of this process. Close it before the loads.
public final class Advisor extends Experiments<AdvicePlan, AdviceRun> implements AdviceService {
    private static final String NAME = "load for advice";

    private final Environment environment;
    private final AdviceSink sink;

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
        this(loads, environment, AdviceSink.NONE);
    }

    /// @param loads runs the loads
    /// @param sink takes each report
    public Advisor(LoadService loads, Environment environment, AdviceSink sink) {
        super(NAME, loads);
        this.environment = environment;
        this.sink = sink;
    }

    private static final class Running extends RunningExperiment<AdvicePlan, Progress, AdviceReport>
            implements
                AdviceRun {
        Running(AdvicePlan plan, AdviceExecution execution) {
            super(() -> plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<AdviceRun, AdviceReport> prepare(AdvicePlan plan, LoadReservation loads) {
        Trials trials = new Trials(NAME, loads, environment.tunables());
        AdviceExecution execution = new AdviceExecution(plan, trials, environment);
        Running running = new Running(plan, execution);
        return new Job<>(running, running, () -> {
            MemFuseConfig config = environment.tunables().get();
            AdviceReport report;
            try (Trials _ = trials.hold()) {
                report = execution.run();
            }
            sink.ended(plan, config, report);
            return report;
        });
    }
}
