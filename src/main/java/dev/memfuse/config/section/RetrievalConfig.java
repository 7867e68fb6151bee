package dev.memfuse.config.section;

/// Section `retrieval`.
///
/// @param backend component that ranks a query
/// @param fusion how keyword and vector scores become one score
/// @param rrfK constant of reciprocal rank fusion, 1..1000; a larger one reduces the difference between the first ranks
/// @param denseWeight weight of the vector score, 0..1; the rest is the weight of the keyword score
/// @param neighbourPrevious weight of the previous turn's score, 0..1
/// @param neighbourQuestion weight of the previous turn's score when that turn ends with a question, 0..1
/// @param neighbourNext weight of the next turn's score, 0..1
/// @param sessionBest weight of the score of the best turn of the same session, 0..1
/// @param length weight of a text's length, 0..1
/// @param statement weight of a text that does not end with a question, 0..1
/// @param speaker weight of a turn whose speaker the question names, 0..1
/// @param time weight of nearness to a time that the question names, 0..1
/// @param statedTime weight of a text that states a time when the question asks for one, 0..1
/// @param useRerank true reranks the best hits by features of query and text
public record RetrievalConfig(RetrievalBackend backend, FusionKind fusion, int rrfK, double denseWeight,
        double neighbourPrevious, double neighbourQuestion, double neighbourNext, double sessionBest,
        double length, double statement, double speaker, double time, double statedTime,
        boolean useRerank) {}
