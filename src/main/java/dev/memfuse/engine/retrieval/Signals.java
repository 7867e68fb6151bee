package dev.memfuse.engine.retrieval;

import java.util.BitSet;

/// Scores of the entries to rank, by ordinal, before fusion.
///
/// @param lexical BM25; 0 where no term matches
/// @param dense cosine similarity; NaN where there is no vector
/// @param scope ordinals to rank; other entries are ignored, as neighbours too
/// @param neighbours adjacent entries
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record Signals(float[] lexical, float[] dense, BitSet scope, Neighbours neighbours) {}
