/// Estimates from pairs of blocks: ratios and differences with their intervals, and the decision that follows.
@NullMarked
package dev.memfuse.lab.paired;

import org.jspecify.annotations.NullMarked;
