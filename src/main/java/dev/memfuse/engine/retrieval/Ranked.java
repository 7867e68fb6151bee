package dev.memfuse.engine.retrieval;

import java.util.List;

import dev.memfuse.engine.QueryResult.Share;

/// A place in the [Signals] with its score.
///
/// @param score 0..1, the sum of the shares' points
record Ranked(int place, double score, List<Share> shares) {}
