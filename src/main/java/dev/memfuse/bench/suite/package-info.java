/// The benchmarks, each measured beside its floor.
@NullMarked
package dev.memfuse.bench.suite;

import org.jspecify.annotations.NullMarked;
