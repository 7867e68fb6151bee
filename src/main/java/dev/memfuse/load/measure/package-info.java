/// Measures a run: records its operations, its pool and its pauses, and computes the result.
@NullMarked
package dev.memfuse.load.measure;

import org.jspecify.annotations.NullMarked;
