package dev.memfuse.engine.retrieval;

import java.util.BitSet;

/// Scores of the entries to rank, by ordinal, before fusion.
///
/// @param lexical BM25; 0 where no term matches
/// @param dense cosine similarity
/// @param scope ordinals to rank; other entries are ignored, as neighbours too
/// @param neighbours adjacent entries
/// @param hints signals of the entries' own attributes
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, never compared
record Signals(float[] lexical, DenseScores dense, BitSet scope, Neighbours neighbours, Hints hints) {}
