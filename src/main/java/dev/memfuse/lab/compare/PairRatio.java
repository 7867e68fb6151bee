package dev.memfuse.lab.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One metric in one pair of blocks.
///
/// @param pair number of the pair, from 1
/// @param at start of the measured part of its first block
/// @param referenceFirst whether arm A ran first
/// @param a value of arm A
/// @param b value of arm B
public record PairRatio(int pair, Instant at, boolean referenceFirst, double a, double b) {

    /// Returns the ratio of B to A.
    public double ratio() {
        return b / a;
    }

    /// Returns the pairs that have a ratio, in the order of time: those in which both blocks have the metric and
    /// neither value is 0.
    ///
    /// @param blocks in the order in which they ran
    /// @param metric name of the metric
    public static List<PairRatio> of(List<Block> blocks, String metric) {
        Map<Integer, Block> first = new LinkedHashMap<>();
        List<PairRatio> pairs = new ArrayList<>();
        for (Block block : blocks) {
            Block other = first.putIfAbsent(block.pair(), block);
            if (other != null) {
                Block a = block.candidate() ? other : block;
                Block b = block.candidate() ? block : other;
                double valueA = a.values().getOrDefault(metric, 0.0);
                double valueB = b.values().getOrDefault(metric, 0.0);
                if (valueA > 0 && valueB > 0) {
                    pairs.add(new PairRatio(block.pair(), other.at(), !other.candidate(), valueA, valueB));
                }
            }
        }
        return List.copyOf(pairs);
    }
}
