package dev.memfuse.engine.retrieval;

import java.util.List;

/// What a backend found.
///
/// @param found best first
/// @param searched how many entries were ranked
public record Ranking(List<ScoredEntry> found, int searched) {}
