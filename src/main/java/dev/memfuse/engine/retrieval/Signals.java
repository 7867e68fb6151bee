package dev.memfuse.engine.retrieval;

import java.util.BitSet;

/// What was measured of the entries to rank, by place.
///
/// @param lexical BM25; 0 where no word fits
/// @param dense cosine similarity; NaN where there is no vector
/// @param scope the places that are ranked; others do not count in any way
/// @param around who stands beside whom
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record Signals(float[] lexical, float[] dense, BitSet scope, Neighbours around) {}
