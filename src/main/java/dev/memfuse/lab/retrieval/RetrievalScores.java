package dev.memfuse.lab.retrieval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/// Means over questions, each 0..1.
///
/// @param questions how many
/// @param recall by the length of the list: share of the evidence in it
/// @param hit by the length of the list: share of the questions with any evidence in it
/// @param mrr mean reciprocal rank of the first evidence
/// @param ndcg10 normalised discounted cumulative gain of the first ten
public record RetrievalScores(int questions, Map<Integer, Double> recall, Map<Integer, Double> hit, double mrr,
        double ndcg10) {
    /// The lengths that are looked at.
    public static final List<Integer> LENGTHS = List.of(1, 5, 10, 20);
    private static final int GAIN_LENGTH = 10;

    /// The means over these answers; zeros when there is none.
    static RetrievalScores of(List<RankedAnswer> answers) {
        return new RetrievalScores(answers.size(), byLength(k -> mean(answers, answer -> answer.recall(k))),
                byLength(k -> mean(answers, answer -> answer.hit(k))), mean(answers, RankedAnswer::reciprocalRank),
                mean(answers, answer -> answer.normalisedGain(GAIN_LENGTH)));
    }

    private static Map<Integer, Double> byLength(IntToDoubleFunction value) {
        Map<Integer, Double> values = new LinkedHashMap<>();
        LENGTHS.forEach(length -> values.put(length, value.applyAsDouble(length)));
        return values;
    }

    private static double mean(List<RankedAnswer> answers, ToDoubleFunction<RankedAnswer> value) {
        return answers.stream().mapToDouble(value).average().orElse(0);
    }
}
