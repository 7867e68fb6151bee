package dev.memfuse.lab.sweep;

import java.util.function.BiConsumer;

import dev.memfuse.config.Tunables;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;

/// Runs sweeps with the loads of this process. Close it before the loads.
public final class Sweeps extends Experiments<SweepPlan, SweepRun> implements SweepService {
    private final Tunables tunables;
    private final ServerRestart server;
    private final BiConsumer<SweepPlan, SweepResult> sink;

    /// Creates a service that records nothing.
    public Sweeps(LoadService loads, Tunables tunables) {
        this(loads, tunables, ServerRestart.NONE, (_, _) -> {});
    }

    /// @param server restarts the server for a parameter that takes effect at its start
    /// @param sink takes each result before it is published; must not fail
    public Sweeps(LoadService loads, Tunables tunables, ServerRestart server,
            BiConsumer<SweepPlan, SweepResult> sink) {
        super("sweep", loads);
        this.server = server;
        this.sink = sink;
        this.tunables = tunables;
    }

    private static final class Running extends RunningExperiment<SweepPlan, SweepRun.Status, SweepResult>
            implements
                SweepRun {
        Running(SweepPlan plan, SweepExecution execution) {
            super(() -> plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<SweepRun, SweepResult> prepare(SweepPlan plan, LoadReservation loads) {
        Trials trials = new Trials("sweep", loads, tunables, server, plan.restarted());
        SweepExecution execution = new SweepExecution(plan, trials);
        Running running = new Running(plan, execution);
        return new Job<>(running, running, () -> {
            try (Trials _ = trials.hold()) {
                SweepResult result = execution.run();
                sink.accept(plan, result);
                return result;
            }
        });
    }
}
