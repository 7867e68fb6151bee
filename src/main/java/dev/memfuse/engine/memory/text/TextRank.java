package dev.memfuse.engine.memory.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Ranks sentences by their similarity to the others: TextRank (Mihalcea and Tarau, 2004). The similarity is the number
/// of shared content words divided by the sum of the logarithms of the lengths; the damping is PageRank's 0.85.
public final class TextRank {
    private static final double DAMPING = 0.85;
    private static final int ITERATIONS = 30;
    private static final Set<String> CONTENT = Set.of("NOUN", "PROPN", "VERB", "ADJ", "NUM");

    private TextRank() {}

    /// Returns the most central sentences, in the order of the text.
    ///
    /// @param limit maximum number of sentences
    public static List<Sentence> central(List<Sentence> sentences, int limit) {
        double[] ranks = ranks(sentences.stream().map(TextRank::content).toList());
        return IntStream.range(0, ranks.length).boxed()
                .sorted(Comparator.comparingDouble((Integer at) -> -ranks[at]).thenComparing(at -> at)).limit(limit)
                .sorted().map(sentences::get).toList();
    }

    private static Set<String> content(Sentence sentence) {
        return sentence.words().stream().filter(word -> CONTENT.contains(word.tag()))
                .map(word -> word.text().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static double[] ranks(List<Set<String>> contents) {
        int count = contents.size();
        double[][] weights = new double[count][count];
        double[] sums = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                weights[i][j] = i == j ? 0 : similarity(contents.get(i), contents.get(j));
                sums[i] += weights[i][j];
            }
        }
        double[] ranks = new double[count];
        Arrays.fill(ranks, 1);
        for (int i = 0; i < ITERATIONS; i++) {
            ranks = next(ranks, weights, sums);
        }
        // Among sentences without shared words, one with more content words ranks higher.
        for (int i = 0; i < count; i++) {
            ranks[i] += 1e-3 * contents.get(i).size();
        }
        return ranks;
    }

    private static double[] next(double[] ranks, double[][] weights, double[] sums) {
        double[] next = new double[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            double received = 0;
            for (int j = 0; j < ranks.length; j++) {
                received += sums[j] == 0 ? 0 : weights[j][i] / sums[j] * ranks[j];
            }
            next[i] = 1 - DAMPING + DAMPING * received;
        }
        return next;
    }

    private static double similarity(Set<String> one, Set<String> other) {
        Set<String> shared = new HashSet<>(one);
        shared.retainAll(other);
        return shared.isEmpty() ? 0 : shared.size() / (Math.log(1 + one.size()) + Math.log(1 + other.size()));
    }
}
