package dev.memfuse.lab.retrieval;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// Where a ranked list has the evidence of one question.
///
/// @param category of the question
/// @param ranks of the evidence that is in the list, from 1, ascending
/// @param evidence turns that hold the answer, at least one
public record RankedAnswer(String category, List<Integer> ranks, int evidence) {
    public RankedAnswer {
        if (evidence < 1 || ranks.size() > evidence) {
            throw new IllegalArgumentException("A question needs evidence, and no more of it can be found.");
        }
        ranks = List.copyOf(ranks);
    }

    /// The answer of a list.
    ///
    /// @param <T> identity of a turn
    public static <T> RankedAnswer of(String category, List<T> list, Collection<T> evidence) {
        List<Integer> ranks = IntStream.range(0, list.size())
                .filter(i -> evidence.contains(list.get(i))).mapToObj(i -> i + 1).toList();
        return new RankedAnswer(category, ranks, evidence.size());
    }

    /// Share of the evidence among the first `k`, 0..1.
    double recall(int k) {
        return (double) within(k) / evidence;
    }

    /// 1 when any evidence is among the first `k`, else 0.
    double hit(int k) {
        return within(k) > 0 ? 1 : 0;
    }

    private long within(int k) {
        return ranks.stream().filter(rank -> rank <= k).count();
    }

    /// 1 divided by the rank of the first evidence; 0 when the list has none.
    double reciprocalRank() {
        return ranks.isEmpty() ? 0 : 1.0 / ranks.getFirst();
    }

    /// Discounted gain of the first `k`, divided by the best that is possible (Järvelin, Kekäläinen 2002), with
    /// evidence worth 1.
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
