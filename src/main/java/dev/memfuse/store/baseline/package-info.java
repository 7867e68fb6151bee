/// Bare statements that benchmarks compare the engine with, and counts of what is stored.
@NullMarked
package dev.memfuse.store.baseline;

import org.jspecify.annotations.NullMarked;
