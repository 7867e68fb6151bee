package dev.memfuse.lab.retrieval;

import java.util.List;

/// How well the score of the first hit separates questions with an answer from questions without one.
///
/// @param questions number of questions without an answer
/// @param separation probability that the first score of a question with an answer is above that of a question without
///        one (area under the ROC curve): 1 separates them, 0.5 does not
public record Abstention(int questions, double separation) {

    /// Computes the separation; it is 0.5 when one of the lists is empty.
    ///
    /// @param answerable first scores of the questions with an answer
    /// @param others first scores of the questions without an answer
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
