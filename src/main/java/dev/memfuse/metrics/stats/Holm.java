package dev.memfuse.metrics.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Holm's correction of several p values: keeps the probability of any false alarm among them.
///
/// Source: Holm, *A Simple Sequentially Rejective Multiple Test Procedure*, Scand. J. Statist. 6 (1979).
public final class Holm {
    private Holm() {}

    /// Returns the corrected p values, in the order of the p values: compare each with alpha.
    ///
    /// @param pValues 0..1
    public static double[] adjust(double... pValues) {
        List<Integer> order = IntStream.range(0, pValues.length).boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i])).toList();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < pValues.length; rank++) {
            int i = order.get(rank);
            largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]));
            adjusted[i] = largest;
        }
        return adjusted;
    }
}
