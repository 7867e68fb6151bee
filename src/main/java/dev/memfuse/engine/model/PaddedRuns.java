package dev.memfuse.engine.model;

import java.util.ArrayList;
import java.util.List;

/// Divides texts into runs of a model so that the work is least. All texts of a run are padded to its longest one, and
/// padding costs as much as text; each further run costs as much as some word pieces.
final class PaddedRuns {
    /// Cost of a run in word pieces: a run of one text takes as much longer than its share of a run of many.
    private static final int RUN_COST = 12;
    /// Largest number of word pieces of a run, with padding. Larger ones are not faster and take more memory.
    private static final int MAX_PIECES = 1_024;

    private PaddedRuns() {}

    /// Texts at consecutive positions.
    ///
    /// @param from position of the first
    /// @param to position after the last
    record Run(int from, int to) {}

    /// Returns the runs with the least work, in order.
    ///
    /// @param lengths numbers of word pieces, the shortest first
    static List<Run> of(int[] lengths) {
        // The least work for the first texts, and where the last run of it begins.
        long[] least = new long[lengths.length + 1];
        int[] begin = new int[lengths.length + 1];
        for (int to = 1; to <= lengths.length; to++) {
            int width = lengths[to - 1];
            least[to] = Long.MAX_VALUE;
            for (int from = to - 1; from >= 0 && (from == to - 1 || (long) (to - from) * width <= MAX_PIECES); from--) {
                long work = least[from] + RUN_COST + (long) (to - from) * width;
                if (work < least[to]) {
                    least[to] = work;
                    begin[to] = from;
                }
            }
        }
        List<Run> runs = new ArrayList<>();
        for (int to = lengths.length; to > 0; to = begin[to]) {
            runs.addFirst(new Run(begin[to], to));
        }
        return runs;
    }
}
