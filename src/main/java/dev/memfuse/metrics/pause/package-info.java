/// Pauses of this process: what its collector and the machine keep its threads from.
@NullMarked
package dev.memfuse.metrics.pause;

import org.jspecify.annotations.NullMarked;
