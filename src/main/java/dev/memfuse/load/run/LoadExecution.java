package dev.memfuse.load.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadDataRemoval;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.StartSize;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.RunCost;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.SizedMessages;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.measure.CostMeter;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.ResultWarnings;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.metrics.stats.Numbers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run from preparation to drain, on the thread that calls [#run].
final class LoadExecution {
    /// Leaves 40 bits.
    private static final int ID_SHIFT = 24;

    private static final Logger LOG = LoggerFactory.getLogger(LoadExecution.class);

    private final RunState state;
    private final String title;
    private final Workload workload;
    private final RunContext context;
    private final Measurements measurements;
    private final ResultWarnings warnings = new ResultWarnings();

    /// @param title the load as the beginning of a sentence, for marks
    LoadExecution(RunState state, String title, RunContext context) {
        this.state = state;
        this.title = title;
        this.workload = state.workload();
        this.context = context;
        this.measurements = state.measurements();
    }

    /// Runs the load, waits until its messages are stored, and removes its users. Blocks.
    LoadOutcome run() throws InterruptedException {
        Corpus corpus = workload.dataset().map(path -> DatasetCorpus.read(path, workload.users()))
                .orElseGet(this::generated);
        corpus.requireAtMost(context.tunables().get().buffer().maxMessageBytes());
        StartSize start = startSize();
        Collection<UUID> made = new ConcurrentLinkedQueue<>();
        Settlement settlement = new Settlement(context, state);
        boolean removed = false;
        String runId = runId();
        try (RunLease _ = RunLease.open(context.engine().loadData(), runId);
                FirstAccesses accesses = context.hub().collectFirstAccesses()) {
            LoadUsers users = LoadUsers.prepare(context.engine(), workload, corpus, runId, made::add,
                    state::stopped);
            try (CostMeter cost = new CostMeter(context.engine().loadData(), context.hub())) {
                OutcomeAssembler outcome = measure(users, corpus, start, accesses);
                state.enter(LoadRun.Phase.STORING);
                boolean stored = settlement.flush();
                RunCost spent = cost.read(measurements.finishedCount() + measurements.failedCount(),
                        System.nanoTime() - outcome.span().endNanos());
                StorageResult storage = settlement.count(users);
                removed = true;
                remove(made, stored);
                return outcome.assemble(storage, spent);
            }
        } catch (InterruptedException e) {
            // The program ends, and the engine with it. The users are marked, so that they can be removed later.
            removed = true;
            throw e;
        } finally {
            if (!removed) {
                remove(made, settlement.flush());
            }
        }
    }

    private Corpus generated() {
        Corpus natural = GeneratedCorpus.of(workload.seed(), workload.users());
        return workload.content().messageSize()
                .map(size -> SizedMessages.of(natural, workload.seed(), size.min(), size.max())).orElse(natural);
    }

    private String runId() {
        // Random: a time could repeat after the clock was set back, and the names of users are unique.
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> ID_SHIFT, Character.MAX_RADIX)
                + "-" + state.number();
    }

    private StartSize startSize() {
        try {
            LoadData.DatabaseSize size = context.engine().loadData().database();
            return new StartSize(size.users(), size.messages(), size.bytes());
        } catch (EngineException e) {
            LOG.warn("Load: the size of the database is not known. {}", e.getMessage());
            return StartSize.UNKNOWN;
        }
    }

    /// Removes the users, unless they are to be kept.
    ///
    /// @param stored whether all their messages are stored; otherwise a removal would wait until they are
    private void remove(Collection<UUID> made, boolean stored) {
        if (context.tunables().get().load().keepData() || made.isEmpty()) {
            return;
        }
        if (!stored) {
            warnings.kept();
            return;
        }
        state.enter(LoadRun.Phase.REMOVING);
        warnings.checkRemoval(new LoadDataRemoval(context.engine()).remove(made, state::after, state::cancelled));
    }

    private OutcomeAssembler measure(LoadUsers users, Corpus corpus, StartSize start, FirstAccesses accesses)
            throws InterruptedException {
        ExecutorService threads = BackgroundThreads.virtualPerTask("load-operation");
        try (Instruments instruments = new Instruments(context.hub(), measurements)) {
            OperationPlan plan = new OperationPlan(workload);
            Arrivals arrivals = arrivals(plan, new OperationRunner(context.engine(), users, workload), threads);
            state.attach(arrivals, plan, instruments.timeline());
            instruments.start();
            MeasuredSpan span = drive(arrivals, instruments);
            warnings.checkUsers(users.waits(), measurements.finishedCount());
            RunReadings readings = new RunReadings(context.tunables().get(), instruments.pool(),
                    FirstAccessResult.of(accesses.nanos()),
                    instruments.timeline().points(), new RunChanges(state, context).during(span),
                    instruments.gcMillis(), instruments.pauses(), instruments.processorsBusy(),
                    instruments.backlog(), instruments.extraction(context.tunables().get().llm()));
            return new OutcomeAssembler(state, context, span, warnings, readings, corpus, start);
        } finally {
            threads.shutdownNow();
        }
    }

    private Arrivals arrivals(OperationPlan plan, OperationRunner runner, ExecutorService threads) {
        return switch (workload.arrival()) {
            case Workload.Arrival.Closed closed ->
                new ClosedArrivals(closed, workload.seed(), plan, runner, measurements, threads);
            case Workload.Arrival.Open open ->
                new OpenArrivals(open, workload.seed(), plan, runner, measurements, threads);
        };
    }

    private void warmUp(Arrivals arrivals, Instruments instruments) {
        state.enter(LoadRun.Phase.WARMUP);
        Workload.Warmup warmup = workload.warmup();
        long from = System.nanoTime();
        WarmupWatch watch = new WarmupWatch(warmup);
        if (!warmup.isFixed()) {
            instruments.onSecond(() -> {
                if (watch.settles(instruments.timeline().points())) {
                    arrivals.endPart();
                }
            });
        }
        context.hub().mark(EventMark.Kind.WARMUP, title + ": warm-up, not counted");
        try {
            arrivals.run(Arrivals.Part.WARMUP, from, from + warmup.maximum().toNanos());
        } finally {
            context.hub().mark(EventMark.Kind.WARMUP_END, title + ": warm-up ended");
        }
        instruments.onSecond(() -> {});
        if (!warmup.isFixed() && !watch.settled() && !state.stopped()) {
            warnings.add(String.format(Locale.ROOT,
                    "The warm-up did not settle within %s: throughput or median latency "
                            + "still changed from second to second when measuring began.",
                    Numbers.seconds(warmup.maximum().toMillis() / 1e3)));
        }
    }

    private MeasuredSpan drive(Arrivals arrivals, Instruments instruments) throws InterruptedException {
        warmUp(arrivals, instruments);
        if (arrivals.hasBacklog() && arrivals.inFlight().awaitEmpty(context.drainLimit()) > 0) {
            warnings.add("The backlog of the warm-up was not done when measuring began.");
        }
        MeasuredSpan span = new MeasuredSpan(state.stopped() ? Duration.ZERO : workload.duration());
        measurements.measure(span.startNanos(), span.endNanos());
        instruments.startMeasuring(span.startNanos());
        instruments.onSecond(() -> state.interim(new InterimFigures(state, span, instruments, context.tunables().get().load()).now()));
        state.startMeasuring(span.startNanos());
        arrivals.run(Arrivals.Part.MEASURED, span.startNanos(), span.endNanos());
        if (state.stopped()) {
            span.stop();
            measurements.measureUntil(span.endNanos());
        }
        state.enter(LoadRun.Phase.DRAINING);
        arrivals.inFlight().awaitEmpty(context.drainLimit());
        measurements.close();
        instruments.timeline().finish(span.endNanos());
        return span;
    }
}
