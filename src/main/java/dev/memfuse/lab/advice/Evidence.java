package dev.memfuse.lab.advice;

import java.time.Instant;

/// A measured fact behind an advice.
///
/// @param sentence the fact with its figures
/// @param at moment at which it shows most, for the charts
public record Evidence(String sentence, Instant at) {}
