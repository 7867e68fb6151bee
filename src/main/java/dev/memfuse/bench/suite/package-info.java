/// The benchmarks of the suite, each with its baseline.
@NullMarked
package dev.memfuse.bench.suite;

import org.jspecify.annotations.NullMarked;
