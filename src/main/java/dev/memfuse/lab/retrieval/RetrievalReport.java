package dev.memfuse.lab.retrieval;

import java.util.Map;
import java.util.Optional;

/// The report of a retrieval measurement. Serialized as the JSON of `retrieval --json`.
///
/// @param dataset source of the texts, one line
/// @param complete false when the measurement was stopped early
/// @param overall scores over all questions with evidence
/// @param categories scores by category
/// @param abstention separation of the questions without an answer
/// @param leftOut questions and evidence that could not be scored
/// @param ingest rate of storing the conversations
/// @param latencyMs latency of the queries in milliseconds, in total and by stage
/// @param crossValidation scores with signals chosen on other conversations; empty when it was not requested
/// @param environment machine, JVM, database, settings
public record RetrievalReport(String dataset, boolean complete, RetrievalScores overall,
        Map<String, RetrievalScores> categories, Abstention abstention, LeftOut leftOut, Ingest ingest,
        Map<String, Latency> latencyMs, Optional<CrossValidation> crossValidation, Map<String, String> environment) {

    /// Questions and evidence that could not be scored.
    ///
    /// @param questions number of questions without evidence in the conversation
    /// @param evidence number of turns named as evidence that the conversation does not have
    public record LeftOut(int questions, int evidence) {}

    /// The rate of storing the conversations.
    ///
    /// @param conversations number of conversations, each stored as a user
    /// @param turns number of stored turns
    /// @param turnsPerS acknowledged turns per second of add calls
    /// @param embeddedPerS turns per second from the first add until every turn had its vector
    /// @param bytesPerTurn growth of the database divided by the turns
    /// @param textBytesPerTurn UTF-8 bytes of the texts divided by the turns
    public record Ingest(int conversations, long turns, double turnsPerS, double embeddedPerS, double bytesPerTurn,
            double textBytesPerTurn) {}

    /// Percentiles and maximum in milliseconds, also with few samples.
    /// @param count number of samples
    public record Latency(double p50, double p95, double p99, double max, long count) {}
}
