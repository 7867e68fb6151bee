package dev.memfuse.lab.layers;

import java.util.Map;

/// The report of a measurement of the layers. Serialized as the JSON of `layers --json`.
///
/// @param dataset source of the dialogues, one line
/// @param complete false when the measurement was stopped early
/// @param labelled whether the dialogues have labels; without them the facts are only counted
/// @param overall scores of facts over all dialogues
/// @param groups scores of facts by language, and by category for English
/// @param episodes scores of the episodes
/// @param speed rate of extraction
/// @param extraction builders of the layers, and calls, tokens and cost of a language model
/// @param environment machine, JVM, database, settings
public record LayersReport(String dataset, boolean complete, boolean labelled, FactScores overall,
        Map<String, FactScores> groups, EpisodeScores episodes, Speed speed, ExtractionUse extraction,
        Map<String, String> environment) {

    /// The rate of extraction.
    ///
    /// @param turns number of stored turns
    /// @param rounds number of rounds
    /// @param seconds from the first add until both layers of every round were built
    /// @param turnsPerS turns divided by the seconds
    public record Speed(long turns, long rounds, double seconds, double turnsPerS) {}
}
