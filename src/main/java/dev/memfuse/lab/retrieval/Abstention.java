package dev.memfuse.lab.retrieval;

import java.util.List;

/// What retrieval can say about questions without an answer. A ranked list always has a first place, so the question is
/// whether its score tells an answerable question from the others.
///
/// @param questions asked without an answer
/// @param separation chance that the first score of an answerable question is above that of one without an answer
///        (area under the ROC curve): 1 tells them apart, 0.5 does not
public record Abstention(int questions, double separation) {

    /// @param answerable first scores of the questions with an answer
    /// @param others first scores of those without; at least one of each, or nothing can be said and it is 0.5
    static Abstention of(List<Double> answerable, List<Double> others) {
        double above = 0;
        for (double right : answerable) {
            for (double other : others) {
                above += right > other ? 1 : right == other ? 0.5 : 0;
            }
        }
        long pairs = (long) answerable.size() * others.size();
        return new Abstention(others.size(), pairs == 0 ? 0.5 : above / pairs);
    }
}
