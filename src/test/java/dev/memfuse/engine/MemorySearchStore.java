package dev.memfuse.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.spi.SearchStore;

/// A search store for tests: candidates with scores that the test sets.
public final class MemorySearchStore implements SearchStore {
    private record Row(Message message, double dense, double lexical) {}

    private final List<Row> rows = new ArrayList<>();
    private Optional<String> problem = Optional.empty();
    private int questions;

    /// Adds a stored message with its scores, the same for every question.
    ///
    /// @param dense cosine similarity; NaN when it has no vector
    /// @param lexical 0 when no term matches
    public synchronized void put(Message message, double dense, double lexical) {
        rows.add(new Row(message, dense, lexical));
    }

    public synchronized void fail(String sentence) {
        problem = Optional.of(sentence);
    }

    /// Returns the number of questions.
    public synchronized int questions() {
        return questions;
    }

    @Override
    public synchronized Optional<String> problem() {
        return problem;
    }

    @Override
    public synchronized List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit) {
        questions++;
        return rows.stream().filter(row -> !Double.isNaN(row.dense()))
                .sorted(Comparator.comparingDouble(Row::dense).reversed()).limit(limit)
                .map(row -> candidate(row.message(), row.dense())).toList();
    }

    @Override
    public synchronized List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit) {
        questions++;
        return rows.stream().filter(row -> row.lexical() > 0)
                .sorted(Comparator.comparingDouble(Row::lexical).reversed()).limit(limit)
                .map(row -> candidate(row.message(), row.lexical())).toList();
    }

    private static Candidate candidate(Message message, double score) {
        return new Candidate(MemoryLayer.M0, message.id(), List.of(message.id()), message.session(),
                message.sequence(), message.content(),
                new Candidate.Details(message.createdAt(), message.content().split("\\s+").length), score);
    }
}
