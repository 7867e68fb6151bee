package dev.memfuse.lab.advice.run;

import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.compare.ComparisonExecution;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.trial.Experiments;
import dev.memfuse.lab.trial.RunningExperiment;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries advice with the loads of this process, by the procedure of comparisons. Close it before the loads.
public final class AdviceTrials extends Experiments<TrialPlan, TrialRun> implements TrialService {
    private static final Logger LOG = LoggerFactory.getLogger(AdviceTrials.class);

    private final Tunables tunables;
    private final Supplier<Optional<MemoryEngine>> engine;
    private final TrialSink sink;

    /// @param engine returns the engine once it is ready, for the questions of recall
    /// @param sink takes what each trial measured
    public AdviceTrials(LoadService loads, Tunables tunables, Supplier<Optional<MemoryEngine>> engine,
            TrialSink sink) {
        super("trial", loads);
        this.tunables = tunables;
        this.engine = engine;
        this.sink = sink;
    }

    private static final class Running extends RunningExperiment<TrialPlan, ComparisonRun.Status, AdviceTrial>
            implements
                TrialRun {
        Running(TrialPlan plan, ComparisonExecution execution) {
            super(() -> plan, execution::progress, execution::stop);
        }
    }

    @Override
    protected Job<TrialRun, AdviceTrial> prepare(TrialPlan plan, LoadReservation loads) {
        Trials trials = new Trials("trial", loads, tunables);
        ComparisonExecution execution = new ComparisonExecution(plan.comparison(), trials, engine);
        Running running = new Running(plan, execution);
        return new Job<>(running, running, () -> {
            LOG.info("Advice: trial of {}, {} pairs", plan.comparison().b().name(), plan.comparison().pairs());
            ComparisonResult result;
            try (Trials _ = trials.hold()) {
                result = execution.run();
            }
            AdviceTrial trial = AdviceTrial.of(plan.advice(), result);
            LOG.info("Advice: {}", trial.sentence());
            sink.ended(new TrialPlan(plan.advice(), execution.plan()), trial, execution.latencies());
            return trial;
        });
    }
}
