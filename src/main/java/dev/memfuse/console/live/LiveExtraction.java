package dev.memfuse.console.live;

import dev.memfuse.metrics.ExtractionStats;

/// State of extraction that the database and the counters tell.
///
/// @param failed items that failed after all retries
/// @param oldestSeconds age of the oldest pending round; 0 without one
/// @param perSecond layers of rounds that were built per second
/// @param counts counts since the start of the program
/// @param centsPer1000Turns cost of the language model for 1,000 turns, in cents; 0 without one
record LiveExtraction(int failed, double oldestSeconds, double perSecond, ExtractionStats.Counts counts,
        double centsPer1000Turns) {
    /// Nothing is known.
    static final LiveExtraction NONE = new LiveExtraction(0, 0, 0, ExtractionStats.Counts.NONE, 0);
}
