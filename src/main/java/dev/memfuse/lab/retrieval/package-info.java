/// Measures the quality and the speed of retrieval on a running engine, using its API.
@NullMarked
package dev.memfuse.lab.retrieval;

import org.jspecify.annotations.NullMarked;
