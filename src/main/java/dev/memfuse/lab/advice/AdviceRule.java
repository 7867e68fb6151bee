package dev.memfuse.lab.advice;

import java.util.Optional;

/// A rule: a function of what was observed. It keeps no state and never fails, whatever was observed.
@FunctionalInterface
public interface AdviceRule {
    /// Returns the advice; empty when the rule finds nothing, or lacks the samples to say something.
    Optional<Advice> judge(Observation observation);
}
