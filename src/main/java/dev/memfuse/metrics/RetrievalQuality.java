package dev.memfuse.metrics;

import java.util.Map;

/// Quality of retrieval, as the last measurement of this process found it.
///
/// @param questions number of questions
/// @param recall by length of the list: mean share of the evidence in the list, 0..1
/// @param meanReciprocalRank mean reciprocal rank of the first evidence, 0..1
public record RetrievalQuality(int questions, Map<Integer, Double> recall, double meanReciprocalRank) {
    public RetrievalQuality {
        recall = Map.copyOf(recall);
    }
}
