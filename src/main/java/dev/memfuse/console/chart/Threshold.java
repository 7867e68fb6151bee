package dev.memfuse.console.chart;

/// A value of a chart that must not be passed, drawn as a line across it.
///
/// @param value in the unit of the chart
/// @param text what it is, for people
public record Threshold(double value, String text) {}
