package dev.memfuse.load.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadDataRemoval;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.StartSize;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.RunCost;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator;
import dev.memfuse.load.generator.Generator.CorpusSize;
import dev.memfuse.load.generator.Generator.Part;
import dev.memfuse.load.generator.GeneratorReport;
import dev.memfuse.load.generator.LoadTarget;
import dev.memfuse.load.generator.LocalGenerator;
import dev.memfuse.load.measure.CostMeter;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.ResultWarnings;
import dev.memfuse.load.process.ProcessGenerator;
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
        StartSize start = startSize();
        Collection<UUID> made = new ConcurrentLinkedQueue<>();
        Settlement settlement = new Settlement(context, state);
        boolean removed = false;
        String runId = runId();
        try (RunLease _ = RunLease.open(context.system().data(), runId);
                FirstAccesses accesses = context.hub().collectFirstAccesses()) {
            Generator generator = generator();
            try (generator) {
                state.attach(generator);
                CorpusSize corpus = generator.prepare(runId, made::add);
                try (CostMeter cost = new CostMeter(context.system().data(), context.hub())) {
                    OutcomeAssembler outcome = measure(generator, corpus, start, accesses);
                    generator.close();
                    state.enter(LoadRun.Phase.STORING);
                    boolean stored = settlement.flush();
                    RunCost spent = cost.read(measurements.finishedCount() + measurements.failedCount(),
                            System.nanoTime() - outcome.span().endNanos());
                    StorageResult storage = settlement.count(generator.sent());
                    removed = true;
                    remove(made, stored);
                    return outcome.assemble(storage, spent);
                }
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

    private Generator generator() {
        int maxMessageBytes = context.tunables().get().buffer().maxMessageBytes();
        LoadTarget target = context.system().target();
        return switch (workload.generator()) {
            case SHARED -> new LocalGenerator(workload, target, measurements, maxMessageBytes);
            case PROCESS -> new ProcessGenerator(workload, target, measurements, maxMessageBytes);
        };
    }

    private String runId() {
        // Random: a time could repeat after the clock was set back, and the names of users are unique.
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> ID_SHIFT, Character.MAX_RADIX)
                + "-" + state.number();
    }

    private StartSize startSize() {
        if (!context.system().inThisProcess()) {
            return StartSize.UNKNOWN;
        }
        try {
            LoadData.DatabaseSize size = context.system().data().database();
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
        warnings.checkRemoval(new LoadDataRemoval(context.system().data(), context.system()::deleteUser)
                .remove(made, state::after, state::cancelled));
    }

    private OutcomeAssembler measure(Generator generator, CorpusSize corpus, StartSize start, FirstAccesses accesses)
            throws InterruptedException {
        try (Instruments instruments = new Instruments(context.hub(), measurements)) {
            state.begin(instruments.timeline());
            instruments.start();
            MeasuredSpan span = drive(generator, instruments);
            GeneratorReport report = generator.finish();
            instruments.timeline().finish(span.endNanos());
            warnings.checkUsers(report.userWaits(), measurements.finishedCount());
            RunReadings readings = new RunReadings(context.tunables().get(), instruments.pool(),
                    FirstAccessResult.of(accesses.nanos()),
                    instruments.timeline().points(), new RunChanges(state, context).during(span),
                    instruments.gcMillis(), instruments.pauses(), instruments.processorsBusy(),
                    instruments.backlog(), instruments.extraction(context.tunables().get().llm()), report.process(),
                    generator.loss().filter(loss -> !loss.byStop()).map(Generator.Loss::sentence));
            return new OutcomeAssembler(state, context, span, warnings, readings, corpus, start);
        }
    }

    private void warmUp(Generator generator, Instruments instruments) throws InterruptedException {
        state.enter(LoadRun.Phase.WARMUP);
        Workload.Warmup warmup = workload.warmup();
        long from = System.nanoTime();
        WarmupWatch watch = new WarmupWatch(warmup);
        if (!warmup.isFixed()) {
            instruments.onSecond(() -> {
                if (watch.settles(instruments.timeline().points())) {
                    generator.endPart();
                }
            });
        }
        context.hub().mark(EventMark.Kind.WARMUP, title + ": warm-up, not counted");
        try {
            generator.run(Part.WARMUP, from, from + warmup.maximum().toNanos());
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

    private MeasuredSpan drive(Generator generator, Instruments instruments) throws InterruptedException {
        warmUp(generator, instruments);
        if (generator.hasBacklog() && generator.awaitEmpty(context.drainLimit()) > 0) {
            warnings.add("The backlog of the warm-up was not done when measuring began.");
        }
        boolean over = state.stopped() || generator.loss().isPresent();
        MeasuredSpan span = new MeasuredSpan(over ? Duration.ZERO : workload.duration());
        measurements.measure(span.startNanos(), span.endNanos());
        instruments.startMeasuring(span.startNanos());
        instruments.onSecond(() -> state.interim(
                new InterimFigures(state, span, instruments, context.tunables().get().load()).now()));
        state.startMeasuring(span.startNanos());
        generator.run(Part.MEASURED, span.startNanos(), span.endNanos());
        if (state.stopped()) {
            span.stop(System.nanoTime());
        }
        generator.loss().ifPresent(loss -> span.stop(loss.countedUntil()));
        measurements.measureUntil(span.endNanos());
        state.enter(LoadRun.Phase.DRAINING);
        generator.awaitEmpty(context.drainLimit());
        return span;
    }
}
