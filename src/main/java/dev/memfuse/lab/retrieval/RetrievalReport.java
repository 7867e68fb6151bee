package dev.memfuse.lab.retrieval;

import java.util.Map;

/// What a retrieval measurement found. Serialized as the JSON of `retrieval --json`.
///
/// @param dataset one line: where the texts come from
/// @param complete whether every question was asked; false when it was stopped
/// @param overall over all questions with evidence
/// @param categories the same by category
/// @param abstention over the questions without an answer
/// @param leftOut what could not be asked
/// @param ingest how fast the conversations went in
/// @param latencyMs of the queries: in total, and by stage
/// @param environment machine, JVM, database, settings
public record RetrievalReport(String dataset, boolean complete, RetrievalScores overall,
        Map<String, RetrievalScores> categories, Abstention abstention, LeftOut leftOut, Ingest ingest,
        Map<String, Latency> latencyMs, Map<String, String> environment) {

    /// What could not be asked or counted.
    ///
    /// @param questions without any evidence that the conversation has
    /// @param evidence named turns that the conversation does not have
    public record LeftOut(int questions, int evidence) {}

    /// How fast the conversations went in.
    ///
    /// @param conversations how many, each a user
    /// @param turns stored
    /// @param turnsPerS acknowledged per second of adding
    /// @param embeddedPerS turns per second from the first addition until every turn had its vector
    /// @param bytesPerTurn growth of the database divided by the turns
    /// @param textBytesPerTurn UTF-8 bytes of the texts divided by the turns
    public record Ingest(int conversations, long turns, double turnsPerS, double embeddedPerS, double bytesPerTurn,
            double textBytesPerTurn) {}

    /// Milliseconds.
    public record Latency(double p50, double p95, double p99, double max) {}
}
