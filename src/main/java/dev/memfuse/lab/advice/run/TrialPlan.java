package dev.memfuse.lab.advice.run;

import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.compare.ComparisonPlan;

/// The trial of an advice.
///
/// @param advice the advice that is tried
/// @param comparison settings in force (A) against them with the change of the advice (B), with guardrails
public record TrialPlan(Advice advice, ComparisonPlan comparison) {}
