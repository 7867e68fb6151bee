package dev.memfuse.console.lab.compare;

import java.util.List;

import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.paired.RatioEstimate;
import org.jspecify.annotations.Nullable;

/// The primary metric pair by pair.
///
/// @param pairs pairs so far, in the order of time
/// @param estimate ratio over these pairs; null before the first
/// @param margin smallest relative difference that matters
/// @param planned number of pairs of the plan
/// @param unit unit of the values
record PairFigures(List<PairRatio> pairs, @Nullable RatioEstimate estimate, double margin, int planned, String unit) {
    /// No pair.
    static final PairFigures NONE = new PairFigures(List.of(), null, 0, 1, "");
}
