package dev.memfuse.load.generator;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.Workload;
import dev.memfuse.load.corpus.Corpus;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.SizedMessages;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.measure.Measurements;

/// A load generator in this process, with virtual threads `load-operation-*`.
public final class LocalGenerator implements Generator {
    private final Workload workload;
    private final LoadTarget target;
    private final Measurements measurements;
    private final int maxMessageBytes;
    private final LoadUsers users = new LoadUsers();
    private final OperationPlan plan;
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("load-operation");
    private final Arrivals arrivals;
    private volatile boolean stopped;

    /// @param measurements counts the operations
    /// @param maxMessageBytes maximum length of a message in bytes of UTF-8
    public LocalGenerator(Workload workload, LoadTarget target, Measurements measurements, int maxMessageBytes) {
        this.workload = workload;
        this.target = target;
        this.measurements = measurements;
        this.maxMessageBytes = maxMessageBytes;
        this.plan = new OperationPlan(workload);
        OperationRunner runner = new OperationRunner(target, users, workload);
        this.arrivals = switch (workload.arrival()) {
            case Workload.Arrival.Closed closed ->
                new ClosedArrivals(closed, workload.seed(), plan, runner, measurements, threads);
            case Workload.Arrival.Open open ->
                new OpenArrivals(open, workload.seed(), plan, runner, measurements, threads);
        };
    }

    @Override
    public CorpusSize prepare(String runId, Consumer<UUID> made) throws InterruptedException {
        Corpus corpus = workload.dataset().map(path -> DatasetCorpus.read(path, workload.users()))
                .orElseGet(this::generated);
        corpus.requireAtMost(maxMessageBytes);
        users.prepare(target, workload, corpus, runId, made, () -> stopped);
        return new CorpusSize(corpus.name(), corpus.conversations().size(), corpus.messages());
    }

    private Corpus generated() {
        Corpus natural = GeneratedCorpus.of(workload.seed(), workload.users());
        return workload.content().messageSize()
                .map(size -> SizedMessages.of(natural, workload.seed(), size.min(), size.max())).orElse(natural);
    }

    @Override
    public void run(Part part, long from, long until) {
        arrivals.run(part, from, until);
    }

    @Override
    public void endPart() {
        arrivals.endPart();
    }

    @Override
    public int awaitEmpty(Duration limit) throws InterruptedException {
        return arrivals.inFlight().awaitEmpty(limit);
    }

    @Override
    public boolean hasBacklog() {
        return arrivals.hasBacklog();
    }

    @Override
    public void load(double value) {
        arrivals.load(value);
    }

    @Override
    public void mix(Workload.Mix shares) {
        plan.mix(shares);
    }

    @Override
    public void stop() {
        stopped = true;
        arrivals.stop();
    }

    @Override
    public GeneratorReport finish() {
        measurements.close();
        return new GeneratorReport(users.waits(), null);
    }

    @Override
    public List<SentMessages> sent() {
        return users.sent();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
