package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// The entries of the best scores, and those whose score is near enough that an exact one could be among the best. Of
/// equal scores the ones added first are the best. One thread.
final class BestEntries {
    private final PriorityQueue<Scored> best = new PriorityQueue<>(Comparator.comparingDouble(Scored::score)
            .thenComparing(Comparator.comparingInt(Scored::ordinal).reversed()));
    private final int limit;
    private final double margin;
    private int[] ordinals = new int[256];
    private double[] scores = new double[256];
    private int near;
    private double worst = Double.NEGATIVE_INFINITY;

    private record Scored(int ordinal, double score) {}

    /// @param limit maximum number of entries, at least 1
    /// @param margin difference to the worst of the best entries up to which others are near; NaN or infinite for all
    BestEntries(int limit, double margin) {
        this.limit = limit;
        this.margin = margin;
    }

    /// Adds an entry.
    ///
    /// @param ordinal larger than those added before
    void add(int ordinal, double score) {
        boolean full = best.size() == limit;
        if (full && score < worst - margin) {
            return;
        }
        if (near == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, near * 2);
            scores = Arrays.copyOf(scores, near * 2);
        }
        ordinals[near] = ordinal;
        scores[near++] = score;
        if (!full || score > worst) {
            best.add(new Scored(ordinal, score));
            if (full) {
                best.remove();
            }
            worst = best.size() == limit ? best.element().score() : worst;
        }
    }

    /// Returns the score below which [#add] ignores an entry.
    double lowest() {
        return best.size() == limit ? worst - margin : Double.NEGATIVE_INFINITY;
    }

    /// Returns the ordinals of the best entries, in no particular order.
    IntStream ordinals() {
        return best.stream().mapToInt(Scored::ordinal);
    }

    /// Returns the ordinals of the best entries and of those near to them, ascending.
    int[] near() {
        return IntStream.range(0, near).filter(i -> best.size() < limit || !(scores[i] < worst - margin))
                .map(i -> ordinals[i]).toArray();
    }
}
