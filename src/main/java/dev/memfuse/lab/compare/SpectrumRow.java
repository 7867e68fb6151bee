package dev.memfuse.lab.compare;

/// A percentile of all blocks of each arm together.
///
/// @param percentile 0..100
/// @param aMs latency of arm A in milliseconds
/// @param bMs latency of arm B in milliseconds
public record SpectrumRow(double percentile, double aMs, double bMs) {}
