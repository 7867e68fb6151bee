package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.load.corpus.GeneratedHaystack;
import dev.memfuse.load.corpus.Question;
import dev.memfuse.progress.Progress;

/// Queries the questions of haystacks one after the other and records the ranks of their evidence. One thread.
final class QueryPhase {
    private final MemoryEngine engine;
    private final int topK;
    private final BooleanSupplier stopped;
    private final List<RankedAnswer> answers = new ArrayList<>();
    private final List<Double> answerable = new ArrayList<>();
    private final List<Double> unanswerable = new ArrayList<>();
    private final QueryTimes times = new QueryTimes();
    private int queried;
    private int withoutEvidence;
    private int unresolved;

    QueryPhase(MemoryEngine engine, int topK, BooleanSupplier stopped) {
        this.engine = engine;
        this.topK = topK;
        this.stopped = stopped;
    }

    /// Returns whether a question can be scored: its evidence is known, or it is known to have no answer.
    private static boolean scorable(Question question) {
        return !question.evidence().isEmpty() || question.category().equals(GeneratedHaystack.ABSTENTION);
    }

    /// Returns the number of questions that can be scored.
    static long countScorable(Collection<Question> questions) {
        return questions.stream().filter(QueryPhase::scorable).count();
    }

    /// Queries the questions of a haystack. Starts with a query that is not timed, since the first query of a user
    /// loads the index. Blocks.
    ///
    /// @param total questions of all haystacks, for the progress
    void query(Stored stored, Consumer<Progress> progress, long total) {
        List<Question> questions = stored.haystack().questions();
        if (questions.isEmpty() || stopped.getAsBoolean()) {
            return;
        }
        engine.query(stored.userId(), "Is anybody there?", topK);
        for (Question question : questions) {
            if (stopped.getAsBoolean()) {
                return;
            }
            unresolved += question.unresolved();
            if (scorable(question)) {
                query(stored, question);
                progress.accept(Progress.of("Asking", ++queried, total));
            } else {
                withoutEvidence++;
            }
        }
    }

    private void query(Stored stored, Question question) {
        QueryResult result = engine.query(stored.userId(), question.text(), topK);
        if (!result.cached()) {
            times.record();
        }
        double first = result.hits().isEmpty() ? 0 : result.hits().getFirst().score();
        if (question.evidence().isEmpty()) {
            unanswerable.add(first);
            return;
        }
        answerable.add(first);
        Set<UUID> evidence = question.evidence().stream()
                .map(position -> Objects.requireNonNull(stored.evidence().get(position), "evidence is stored"))
                .collect(Collectors.toSet());
        List<UUID> ranked = result.hits().stream().map(hit -> hit.message().id()).toList();
        answers.add(RankedAnswer.of(question.category(), ranked, evidence));
    }

    /// Returns the scores over all answers.
    RetrievalScores overall() {
        return RetrievalScores.of(answers);
    }

    /// Returns the scores by category, sorted by name.
    Map<String, RetrievalScores> categories() {
        return RetrievalScores.byCategory(answers);
    }

    Abstention abstention() {
        return Abstention.of(answerable, unanswerable);
    }

    RetrievalReport.LeftOut leftOut() {
        return new RetrievalReport.LeftOut(withoutEvidence, unresolved);
    }

    QueryTimes times() {
        return times;
    }
}
