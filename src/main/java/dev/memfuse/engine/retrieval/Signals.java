package dev.memfuse.engine.retrieval;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/// What was measured of the entries to rank, by place.
///
/// @param lexical BM25; 0 where no word fits
/// @param dense cosine similarity; NaN where there is no vector
/// @param scope the places that are ranked; others do not count in any way
/// @param previous the place before one in its session, or -1
/// @param next the place after one in its session, or -1
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record Signals(float[] lexical, float[] dense, BitSet scope, IntUnaryOperator previous, IntUnaryOperator next) {}
