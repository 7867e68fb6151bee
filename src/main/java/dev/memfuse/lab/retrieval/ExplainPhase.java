package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.load.corpus.Question;
import dev.memfuse.progress.Progress;

/// Queries questions with evidence once more, for long lists with the points of every signal. Not timed. One thread.
final class ExplainPhase {
    /// Longest list that the engine returns.
    private static final int LENGTH = 1000;

    private final MemoryEngine engine;
    private final BooleanSupplier stopped;
    private final List<ExplainedQuestion> explained = new ArrayList<>();

    ExplainPhase(MemoryEngine engine, BooleanSupplier stopped) {
        this.engine = engine;
        this.stopped = stopped;
    }

    /// Queries the questions of all users. Blocks.
    List<ExplainedQuestion> explain(List<Stored> users, Consumer<Progress> progress) {
        long total = users.stream().flatMap(stored -> stored.haystack().questions().stream())
                .filter(ExplainPhase::hasEvidence).count();
        for (Stored stored : users) {
            for (Question question : stored.haystack().questions()) {
                if (hasEvidence(question) && !stopped.getAsBoolean()) {
                    explained.add(ExplainedQuestion.of(stored, question, engine
                            .query(stored.userId(), QueryRequest.of(question.text(), LENGTH).explained()).hits()));
                    progress.accept(Progress.of("Explaining", explained.size(), total));
                }
            }
        }
        return List.copyOf(explained);
    }

    private static boolean hasEvidence(Question question) {
        return !question.evidence().isEmpty();
    }
}
