/// Comparison of two arms by paired blocks: ratios with intervals, and the decision that follows from them.
@NullMarked
package dev.memfuse.lab.compare;

import org.jspecify.annotations.NullMarked;
