/// Benchmarks: each compares the running engine with its baseline, the least cost of the same work without an engine,
/// in one run with interleaved slices. Depends on the API of the engine and on [BenchTarget].
@NullMarked
package dev.memfuse.bench;

import org.jspecify.annotations.NullMarked;
