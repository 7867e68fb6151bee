package dev.memfuse.console.context;

import java.util.function.Supplier;

import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.trial.Arms;

/// Experiments on the running engine.
///
/// @param arms makes arms from the profiles and the settings in force at the time of the call
public record Lab(ComparisonService comparisons, Supplier<Arms> arms) {}
