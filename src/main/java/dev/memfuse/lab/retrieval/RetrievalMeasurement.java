package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.load.EnvironmentInfo;
import dev.memfuse.load.corpus.Haystack;

/// Measures what an engine finds and how fast: puts every conversation in as a user of its own, waits until it is
/// embedded, asks every question, and compares the ranked messages with the evidence.
///
/// One thread runs it; any other may [#stop] it, and then the report has what was measured so far. The users it made are
/// deleted at its end.
public final class RetrievalMeasurement {
    private final MemoryEngine engine;
    private final Surroundings surroundings;
    private volatile boolean stopped;

    /// What a measurement knows of the engine besides its API.
    ///
    /// @param databaseBytes size of the database
    /// @param backlog rounds that wait for extraction
    /// @param facts settings and versions for the report
    public record Surroundings(LongSupplier databaseBytes, LongSupplier backlog, Map<String, String> facts) {}

    /// How to measure.
    ///
    /// @param batchSize messages of one addition, 1..1000
    /// @param topK length of the ranked lists, 20..1000
    public record Options(int batchSize, int topK) {}

    public RetrievalMeasurement(MemoryEngine engine, Surroundings surroundings) {
        this.engine = engine;
        this.surroundings = surroundings;
    }

    /// Ends the measurement after the call in work.
    public void stop() {
        stopped = true;
    }

    /// Measures; blocks until done.
    public RetrievalReport run(RetrievalDataset set, Options options, Progress progress) {
        List<Stored> users = new ArrayList<>();
        try {
            long bytesBefore = surroundings.databaseBytes().getAsLong();
            long begun = System.nanoTime();
            IngestPhase ingestion = new IngestPhase(engine, options.batchSize(), () -> stopped);
            for (Haystack haystack : set.haystacks()) {
                Stored stored = ingestion.begin(haystack);
                users.add(stored);
                ingestion.fill(stored, progress, set.turns());
            }
            ingestion.finish(progress, surroundings.backlog()::getAsLong);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long bytes = surroundings.databaseBytes().getAsLong() - bytesBefore;
            QueryPhase questions = ask(users, options, progress);
            return report(set, questions, new RetrievalReport.Ingest(users.size(), ingestion.turns(),
                    ingestion.turnsPerSecond(), ingestion.turns() / seconds,
                    ingestion.turns() == 0 ? 0 : (double) bytes / ingestion.turns(), ingestion.textBytesPerTurn()));
        } finally {
            users.forEach(stored -> engine.deleteUser(stored.userId()));
        }
    }

    private QueryPhase ask(List<Stored> users, Options options, Progress progress) {
        QueryPhase questions = new QueryPhase(engine, options.topK(), () -> stopped);
        long total = users.stream().mapToLong(stored -> QueryPhase.askable(stored.haystack().questions())).sum();
        users.forEach(stored -> questions.ask(stored, progress, total));
        return questions;
    }

    private RetrievalReport report(RetrievalDataset set, QueryPhase questions, RetrievalReport.Ingest ingest) {
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        environment.putAll(surroundings.facts());
        return new RetrievalReport(set.name(), !stopped, questions.overall(), questions.categories(),
                questions.abstention(), questions.leftOut(), ingest, questions.times().latencies(), environment);
    }
}
