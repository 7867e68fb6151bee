package dev.memfuse.lab.retrieval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Mean scores over questions, each 0..1.
///
/// @param questions number of questions
/// @param recall by length of the list: share of the evidence in the list
/// @param hit by length of the list: share of the questions with any evidence in the list
/// @param mrr mean reciprocal rank of the first evidence
/// @param ndcg10 normalised discounted cumulative gain of the first ten
public record RetrievalScores(int questions, Map<Integer, Double> recall, Map<Integer, Double> hit, double mrr,
        double ndcg10) {
    /// The evaluated lengths of the list.
    public static final List<Integer> LENGTHS = List.of(1, 5, 10, 20);
    private static final int GAIN_LENGTH = 10;

    /// Returns the mean scores of answers; zeros when there is none.
    static RetrievalScores of(List<RankedAnswer> answers) {
        return new RetrievalScores(answers.size(), byLength(k -> mean(answers, answer -> answer.recall(k))),
                byLength(k -> mean(answers, answer -> answer.hit(k))), mean(answers, RankedAnswer::reciprocalRank),
                mean(answers, answer -> answer.normalisedGain(GAIN_LENGTH)));
    }

    /// Returns the mean scores by category, sorted by name.
    static Map<String, RetrievalScores> byCategory(List<RankedAnswer> answers) {
        return answers.stream().collect(Collectors.groupingBy(RankedAnswer::category, TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), RetrievalScores::of)));
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
