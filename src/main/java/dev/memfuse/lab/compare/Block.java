package dev.memfuse.lab.compare;

import java.time.Instant;
import java.util.Map;

import dev.memfuse.load.Verdict;

/// One block of a comparison: a stretch of load under one arm.
///
/// @param pair number of the pair, from 1
/// @param candidate whether it ran under arm B
/// @param at start of its measured part
/// @param seconds length of its measured part
/// @param operations successful operations
/// @param errors failed operations
/// @param verdict verdict on its load
/// @param values by name of the metric; without those that had too few samples
public record Block(int pair, boolean candidate, Instant at, double seconds, long operations, long errors,
        Verdict verdict, Map<String, Double> values) {

    /// Returns the name of its arm: A or B.
    public String arm() {
        return candidate ? "B" : "A";
    }
}
