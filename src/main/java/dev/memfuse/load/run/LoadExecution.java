package dev.memfuse.load.run;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.LocomoCorpus;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.ResultWarnings;

/// One run from preparation to drain, on the thread that calls [#run].
final class LoadExecution {
    /// Operations under way at the end are waited for this long.
    static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

    private final RunningLoad run;
    private final Workload workload;
    private final RunContext surroundings;
    private final Measurements measurements;
    private final ResultWarnings warnings = new ResultWarnings();

    LoadExecution(RunningLoad run, RunContext surroundings) {
        this.run = run;
        this.workload = run.workload();
        this.surroundings = surroundings;
        this.measurements = run.measurements();
    }

    /// Runs the load. Blocks.
    LoadOutcome run() throws InterruptedException {
        Corpus corpus = workload.dataset().map(LocomoCorpus::read)
                .orElseGet(() -> GeneratedCorpus.of(workload.seed(), workload.users()));
        String runId = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-" + run.number();
        LoadUsers users = LoadUsers.prepare(surroundings.engine(), workload, corpus, runId, run::stopped);
        ExecutorService threads = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("load-operation-", 0).factory());
        try (Instruments instruments = new Instruments(surroundings.hub(), measurements)) {
            Arrivals arrivals = arrivals(
                    new OperationRunner(surroundings.engine(), users, workload, measurements), threads);
            run.begin(arrivals, instruments.timeline());
            instruments.start();
            LoadOutcome.Span span = drive(arrivals, instruments);
            warnings.checkUsers(users.waits(), measurements.finishedCount());
            return new LoadOutcome.Assembly(run, surroundings, span, warnings).outcome(instruments, corpus);
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

    private LoadOutcome.Span drive(Arrivals arrivals, Instruments instruments) throws InterruptedException {
        run.enter(LoadRun.Phase.WARMUP);
        arrivals.run(System.nanoTime() + workload.warmup().toNanos());
        if (arrivals.hasBacklog() && arrivals.inFlight().awaitEmpty(DRAIN_LIMIT) > 0) {
            warnings.add("The backlog of the warm-up was not done when measuring began.");
        }
        run.enter(LoadRun.Phase.MEASURING);
        instruments.startMeasuring();
        LoadOutcome.Span span = new LoadOutcome.Span(System.nanoTime());
        measurements.measureFrom(span.from());
        arrivals.run(span.from() + workload.duration().toNanos());
        span.lastArrival(System.nanoTime());
        run.enter(LoadRun.Phase.DRAINING);
        warnings.checkDrained(arrivals.inFlight().awaitEmpty(DRAIN_LIMIT), DRAIN_LIMIT);
        instruments.timeline().finish();
        return span;
    }
}
