package dev.memfuse.lab.retrieval;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// The ranks of the evidence of one question in a ranked list.
///
/// @param category category of the question
/// @param ranks ranks of the evidence in the list, from 1, ascending
/// @param evidence number of turns that hold the answer, at least one
public record RankedAnswer(String category, List<Integer> ranks, int evidence) {
    public RankedAnswer {
        if (evidence < 1 || ranks.size() > evidence) {
            throw new IllegalArgumentException("A question needs evidence, and its list cannot have more of it.");
        }
        ranks = List.copyOf(ranks);
    }

    /// Returns the ranks of the evidence in a list.
    ///
    /// @param <T> identity of a turn
    public static <T> RankedAnswer of(String category, List<T> list, Collection<T> evidence) {
        List<Integer> ranks = IntStream.range(0, list.size())
                .filter(i -> evidence.contains(list.get(i))).mapToObj(i -> i + 1).toList();
        return new RankedAnswer(category, ranks, evidence.size());
    }

    /// Returns the share of the evidence among the first `k`, 0..1.
    double recall(int k) {
        return (double) within(k) / evidence;
    }

    /// Returns 1 when any evidence is among the first `k`, else 0.
    double hit(int k) {
        return within(k) > 0 ? 1 : 0;
    }

    private long within(int k) {
        return ranks.stream().filter(rank -> rank <= k).count();
    }

    /// Returns 1 divided by the rank of the first evidence; 0 when the list has none.
    double reciprocalRank() {
        return ranks.isEmpty() ? 0 : 1.0 / ranks.getFirst();
    }

    /// Returns the normalised discounted cumulative gain of the first `k` (Järvelin, Kekäläinen 2002), 0..1; evidence
    /// has the relevance 1, other turns 0.
    double normalisedGain(int k) {
        double gain = ranks.stream().filter(rank -> rank <= k).mapToDouble(RankedAnswer::discount).sum();
        double best = 0;
        for (int rank = 1; rank <= Math.min(k, evidence); rank++) {
            best += discount(rank);
        }
        return gain / best;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1.0);
    }
}
