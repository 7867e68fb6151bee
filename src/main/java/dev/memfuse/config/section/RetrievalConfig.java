package dev.memfuse.config.section;

/// Section `retrieval`.
///
/// @param backend where a query is ranked
/// @param fusion how the signals become one score
/// @param rrfK constant of reciprocal rank fusion, 1..1000; larger makes the first ranks more alike
/// @param denseWeight share of meaning against words, 0..1
/// @param neighbourPrevious share of the previous turn's score that a turn gets, 0..1
/// @param neighbourQuestion the same when the previous turn ends with a question, 0..1
/// @param neighbourNext share of the next turn's score that a turn gets, 0..1
/// @param sessionBest share of the score of its session's best turn that a turn gets, 0..1
/// @param useRerank true looks at the best hits once more, by features of question and text
public record RetrievalConfig(RetrievalBackend backend, FusionKind fusion, int rrfK, double denseWeight,
        double neighbourPrevious, double neighbourQuestion, double neighbourNext, double sessionBest,
        boolean useRerank) {}
