package dev.memfuse.load.run;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.ResultWarnings;

/// One run from preparation to drain, on the thread that calls [#run].
final class LoadExecution {
    /// Maximum time that a run waits for operations in flight after the last arrival.
    static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

    /// Leaves 40 bits.
    private static final int ID_SHIFT = 24;

    private final RunState state;
    private final Workload workload;
    private final RunContext context;
    private final Measurements measurements;
    private final ResultWarnings warnings = new ResultWarnings();

    LoadExecution(RunState state, RunContext context) {
        this.state = state;
        this.workload = state.workload();
        this.context = context;
        this.measurements = state.measurements();
    }

    /// Runs the load. Blocks.
    LoadOutcome run() throws InterruptedException {
        Corpus corpus = workload.dataset().map(path -> DatasetCorpus.read(path, workload.users()))
                .orElseGet(() -> GeneratedCorpus.of(workload.seed(), workload.users()));
        corpus.requireAtMost(context.tunables().get().buffer().maxMessageBytes());
        // Random: a time could repeat after the clock was set back, and the names of users are unique.
        String runId = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> ID_SHIFT, Character.MAX_RADIX)
                + "-" + state.number();
        LoadUsers users = LoadUsers.prepare(context.engine(), workload, corpus, runId, state::stopped);
        ExecutorService threads = BackgroundThreads.virtualPerTask("load-operation");
        try (Instruments instruments = new Instruments(context.hub(), measurements)) {
            Arrivals arrivals = arrivals(new OperationRunner(context.engine(), users, workload, measurements), threads);
            state.attach(arrivals, instruments.timeline());
            instruments.start();
            MeasuredSpan span = drive(arrivals, instruments);
            warnings.checkUsers(users.waits(), measurements.finishedCount());
            return new OutcomeAssembler(state, context, span, warnings).assemble(instruments, corpus);
        } finally {
            threads.shutdownNow();
        }
    }

    private Arrivals arrivals(OperationRunner runner, ExecutorService threads) {
        OperationPlan plan = new OperationPlan(workload);
        return switch (workload.arrival()) {
            case Workload.Arrival.Closed closed -> new ClosedArrivals(closed, plan, runner, threads);
            case Workload.Arrival.Open open ->
                new OpenArrivals(open, workload.seed(), plan, runner, measurements, threads);
        };
    }

    private MeasuredSpan drive(Arrivals arrivals, Instruments instruments) throws InterruptedException {
        state.enter(LoadRun.Phase.WARMUP);
        arrivals.run(System.nanoTime() + workload.warmup().toNanos());
        if (arrivals.hasBacklog() && arrivals.inFlight().awaitEmpty(DRAIN_LIMIT) > 0) {
            warnings.add("The backlog of the warm-up was not done when measuring began.");
        }
        state.enter(LoadRun.Phase.MEASURING);
        instruments.startMeasuring();
        MeasuredSpan span = new MeasuredSpan();
        measurements.measureFrom(span.startNanos());
        arrivals.run(span.startNanos() + workload.duration().toNanos());
        span.endArrivals();
        state.enter(LoadRun.Phase.DRAINING);
        warnings.checkDrained(arrivals.inFlight().awaitEmpty(DRAIN_LIMIT), DRAIN_LIMIT);
        instruments.timeline().finish();
        return span;
    }
}
