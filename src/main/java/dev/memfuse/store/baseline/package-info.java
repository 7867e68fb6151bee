/// Baselines that benchmarks compare the engine with, and counts of stored rows and bytes.
@NullMarked
package dev.memfuse.store.baseline;

import org.jspecify.annotations.NullMarked;
