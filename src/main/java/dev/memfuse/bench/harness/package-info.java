/// Runs candidates in interleaved slices and collects their statistics.
@NullMarked
package dev.memfuse.bench.harness;

import org.jspecify.annotations.NullMarked;
