/// Texts of loads, benchmarks and retrieval measurements: conversations of sessions of turns, and questions about them,
/// read from LoCoMo files or generated from a seed.
@NullMarked
package dev.memfuse.load.corpus;

import org.jspecify.annotations.NullMarked;
