package dev.memfuse.lab.retrieval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.QueryResult.Signal;

/// Chooses signals and their weights for some questions: starts with words and vectors alone, and then changes one
/// signal after the other, always the one whose change gains most, until no change gains enough. One thread.
final class SignalChoice {
    private static final double[] FACTORS = {0, 0.5, 1, 1.5, 2};
    /// A smaller gain is noise.
    private static final double MIN_GAIN = 0.002;
    private static final int MAX_CHANGES = 30;

    private final Collection<ExplainedQuestion> questions;
    private final List<Signal> signals;
    private final Map<Signal, Double> factors = new EnumMap<>(Signal.class);
    private List<float[]> sums;

    private SignalChoice(Collection<ExplainedQuestion> questions) {
        this.questions = questions;
        signals = ExplainedQuestion.signals(questions);
        factors.put(Signal.BM25, 1.0);
        factors.put(Signal.DENSE, 1.0);
        sums = questions.stream().map(question -> question.sums(factors)).toList();
    }

    /// A factor for a signal.
    private record Change(Signal signal, double factor, double recall) {}

    /// Returns the factor of each chosen signal, relative to its configured weight.
    static Map<Signal, Double> of(Collection<ExplainedQuestion> questions) {
        return new SignalChoice(questions).choose();
    }

    private Map<Signal, Double> choose() {
        double recall = recall(sums);
        for (int i = 0; i < MAX_CHANGES; i++) {
            Change best = new Change(Signal.BM25, 1, 0);
            for (Signal signal : signals) {
                for (double factor : FACTORS) {
                    if (factor != factor(signal)) {
                        Change change = new Change(signal, factor, recall(changed(signal, factor)));
                        best = change.recall > best.recall ? change : best;
                    }
                }
            }
            if (best.recall < recall + MIN_GAIN) {
                break;
            }
            recall = best.recall;
            sums = changed(best.signal, best.factor);
            factors.put(best.signal, best.factor);
        }
        factors.values().removeIf(factor -> factor == 0);
        return Map.copyOf(factors);
    }

    private double factor(Signal signal) {
        return factors.getOrDefault(signal, 0.0);
    }

    private List<float[]> changed(Signal signal, double factor) {
        List<float[]> changed = new ArrayList<>();
        int i = 0;
        for (ExplainedQuestion question : questions) {
            float[] of = sums.get(i++).clone();
            question.add(signal, factor - factor(signal), of);
            changed.add(of);
        }
        return changed;
    }

    /// Returns the mean of R@10 and R@20.
    private double recall(List<float[]> of) {
        double recall = 0;
        int i = 0;
        for (ExplainedQuestion question : questions) {
            RankedAnswer answer = question.answer(of.get(i++));
            recall += (answer.recall(10) + answer.recall(20)) / 2;
        }
        return recall / questions.size();
    }
}
