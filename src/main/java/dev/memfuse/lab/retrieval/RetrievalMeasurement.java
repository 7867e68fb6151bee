package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.RetrievalQuality;
import dev.memfuse.progress.Progress;

/// Measures quality and speed of retrieval: stores every conversation as a user, waits until it is embedded, queries
/// every question, and compares the ranked messages with the evidence.
///
/// One thread runs it; [#stop] is thread-safe. The users that it created are deleted at the end.
public final class RetrievalMeasurement {
    private final MemoryEngine engine;
    private final MeasurementContext context;
    private volatile boolean stopped;

    /// The options of a measurement.
    ///
    /// @param batchSize messages per add, 1..1000
    /// @param topK length of the ranked lists, 20..1000
    /// @param crossValidate whether to run [CrossValidation]; the data set has at least two conversations then
    /// @param misses receives the missed questions; empty when they are not needed
    public record Options(int batchSize, int topK, boolean crossValidate, Optional<Consumer<Misses>> misses) {

        /// Returns options without cross-validation and misses.
        public static Options of(int batchSize, int topK) {
            return new Options(batchSize, topK, false, Optional.empty());
        }
    }

    /// @param engine the engine that is measured
    public RetrievalMeasurement(MemoryEngine engine, MeasurementContext context) {
        this.engine = engine;
        this.context = context;
    }

    /// Ends the measurement after the current call of the engine; the report holds the results so far.
    public void stop() {
        stopped = true;
    }

    /// Runs the measurement; blocks until it has ended.
    ///
    /// @param progress called on the calling thread
    public RetrievalReport run(RetrievalDataset set, Options options, Consumer<Progress> progress) {
        List<Stored> users = new ArrayList<>();
        try {
            long bytesBefore = context.databaseBytes().getAsLong();
            long started = System.nanoTime();
            IngestPhase ingest = new IngestPhase(engine, options.batchSize(), () -> stopped);
            set.haystacks().forEach(haystack -> {
                if (!stopped) {
                    Stored stored = ingest.begin(haystack);
                    users.add(stored.withoutSessions());
                    ingest.fill(stored, progress, set.turns());
                }
            });
            ingest.finish(progress, context.backlog());
            double seconds = (System.nanoTime() - started) / 1e9;
            long bytes = context.databaseBytes().getAsLong() - bytesBefore;
            QueryPhase questions = query(users, options, progress);
            RetrievalScores overall = questions.overall();
            if (overall.questions() > 0) {
                context.measured().accept(new RetrievalQuality(overall.questions(), overall.recall(), overall.mrr()));
            }
            Optional<CrossValidation> validation = explain(users, options, progress);
            return report(set, questions, validation, new RetrievalReport.Ingest(users.size(), ingest.turns(),
                    ingest.turnsPerSecond(), ingest.turns() / seconds,
                    ingest.turns() == 0 ? 0 : (double) bytes / ingest.turns(), ingest.textBytesPerTurn()));
        } finally {
            users.forEach(stored -> engine.deleteUser(stored.userId()));
        }
    }

    private Optional<CrossValidation> explain(List<Stored> users, Options options, Consumer<Progress> progress) {
        if (stopped || (!options.crossValidate() && options.misses().isEmpty())) {
            return Optional.empty();
        }
        List<ExplainedQuestion> explained = new ExplainPhase(engine, () -> stopped).explain(users, progress);
        options.misses().ifPresent(misses -> misses.accept(Misses.of(explained)));
        return options.crossValidate() && !stopped ? Optional.of(CrossValidation.of(explained)) : Optional.empty();
    }

    private QueryPhase query(List<Stored> users, Options options, Consumer<Progress> progress) {
        QueryPhase questions = new QueryPhase(engine, options.topK(), () -> stopped);
        long total = users.stream().mapToLong(stored -> QueryPhase.countScorable(stored.haystack().questions())).sum();
        users.forEach(stored -> questions.query(stored, progress, total));
        return questions;
    }

    private RetrievalReport report(RetrievalDataset set, QueryPhase questions,
            Optional<CrossValidation> validation, RetrievalReport.Ingest ingest) {
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        environment.putAll(context.properties());
        return new RetrievalReport(set.name(), !stopped, questions.overall(), questions.categories(),
                questions.abstention(), questions.leftOut(), ingest, questions.times().latencies(), validation,
                environment);
    }
}
