package dev.memfuse.lab.retrieval;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Questions whose evidence is not all among the first hits, with the signals of this evidence. Serialized as the JSON
/// of `retrieval --explain-misses`.
///
/// @param length length of the list that must hold the evidence
/// @param questions number of questions with evidence
/// @param misses in the order of the questions
public record Misses(int length, int questions, List<Miss> misses) {
    private static final int LENGTH = 10;

    /// A question that was missed.
    ///
    /// @param first the first hit, for comparison; no hit has the rank 0
    /// @param evidence each turn that holds the answer, found or not
    public record Miss(String conversation, String category, String question, Turn first, List<Turn> evidence) {}

    /// A turn and what the signals say about it.
    ///
    /// @param position position of the turn in the conversation, from 1; 0 when it is no evidence
    /// @param rank rank in the list, from 1; 0 when the list does not hold it
    /// @param signals by name of the signal; empty when the list does not hold it
    public record Turn(int position, int rank, Map<String, Value> signals) {}

    /// Value of a signal.
    ///
    /// @param points contribution to the score
    /// @param rank rank by this signal alone, from 1; the best of equal turns
    public record Value(double points, int rank) {}

    /// Returns the misses among some questions.
    static Misses of(List<ExplainedQuestion> questions) {
        return new Misses(LENGTH, questions.size(), questions.stream()
                .filter(question -> question.answer().recall(LENGTH) < 1).map(Misses::miss).toList());
    }

    private static Miss miss(ExplainedQuestion question) {
        return new Miss(question.conversation(), question.question().category(), question.question().text(),
                question.hits() == 0 ? new Turn(0, 0, Map.of()) : turn(question, 0, 0),
                question.evidence().entrySet().stream()
                        .map(turn -> turn.getValue().map(hit -> turn(question, turn.getKey(), hit))
                                .orElse(new Turn(turn.getKey(), 0, Map.of())))
                        .toList());
    }

    private static Turn turn(ExplainedQuestion question, int position, int hit) {
        Map<String, Value> signals = new TreeMap<>();
        question.points().forEach(
                (signal, points) -> signals.put(signal.label(), new Value(points[hit], rank(points, points[hit]))));
        return new Turn(position, hit + 1, signals);
    }

    private static int rank(float[] points, float of) {
        int rank = 1;
        for (float other : points) {
            rank += other > of ? 1 : 0;
        }
        return rank;
    }

}
