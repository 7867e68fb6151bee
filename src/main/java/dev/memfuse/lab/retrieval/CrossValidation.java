package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.memfuse.engine.QueryResult.Signal;

/// Nested cross-validation of the ranking: the questions of each conversation are ranked with the signals and weights
/// that were chosen on the other conversations, without it.
///
/// @param folds one for each conversation
/// @param overall scores over all questions, each ranked without its conversation
/// @param categories the same by category
/// @param intervals by length of the list: 95 % interval of the recall on another conversation's questions
public record CrossValidation(List<Fold> folds, RetrievalScores overall, Map<String, RetrievalScores> categories,
        Map<Integer, Interval> intervals) {
    private static final List<Integer> LENGTHS = List.of(10, 20);
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 1;
    private static final double TAIL = 0.025;

    /// A conversation that was left out.
    ///
    /// @param signals chosen signals by name, with the factors of their configured weights
    /// @param scores scores of its questions
    public record Fold(String conversation, Map<String, Double> signals, RetrievalScores scores) {}

    /// Interval of a recall, each bound 0..1.
    public record Interval(double low, double high) {}

    /// Runs the validation.
    ///
    /// @param questions of at least two conversations
    static CrossValidation of(List<ExplainedQuestion> questions) {
        Map<String, List<ExplainedQuestion>> conversations = questions.stream().collect(
                Collectors.groupingBy(ExplainedQuestion::conversation, LinkedHashMap::new, Collectors.toList()));
        List<Fold> folds = new ArrayList<>();
        List<List<RankedAnswer>> answers = new ArrayList<>();
        conversations.forEach((name, tested) -> {
            Map<Signal, Double> chosen = SignalChoice.of(questions.stream()
                    .filter(question -> !question.conversation().equals(name)).toList());
            List<RankedAnswer> ranked = tested.stream().map(question -> question.answer(question.sums(chosen)))
                    .toList();
            Map<String, Double> labelled = new TreeMap<>();
            chosen.forEach((signal, factor) -> labelled.put(signal.label(), factor));
            folds.add(new Fold(name, labelled, RetrievalScores.of(ranked)));
            answers.add(ranked);
        });
        List<RankedAnswer> all = answers.stream().flatMap(List::stream).toList();
        Map<Integer, Interval> intervals = new LinkedHashMap<>();
        LENGTHS.forEach(length -> intervals.put(length, interval(answers, length)));
        return new CrossValidation(List.copyOf(folds), RetrievalScores.of(all), RetrievalScores.byCategory(all),
                intervals);
    }

    /// Bootstraps conversations, and then the questions of each (Davison, Hinkley 1997, section 3.8): questions of one
    /// conversation resemble each other.
    private static Interval interval(List<List<RankedAnswer>> conversations, int length) {
        Random random = new Random(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            int count = 0;
            for (int c = 0; c < conversations.size(); c++) {
                List<RankedAnswer> answers = conversations.get(random.nextInt(conversations.size()));
                for (int q = 0; q < answers.size(); q++) {
                    sum += answers.get(random.nextInt(answers.size())).recall(length);
                }
                count += answers.size();
            }
            means[i] = sum / count;
        }
        Arrays.sort(means);
        return new Interval(means[(int) (TAIL * RESAMPLES)], means[(int) ((1 - TAIL) * RESAMPLES)]);
    }
}
