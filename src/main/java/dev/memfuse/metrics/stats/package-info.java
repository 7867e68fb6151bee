/// Statistics of measured values: percentiles of latencies and the rule for few samples.
@NullMarked
package dev.memfuse.metrics.stats;

import org.jspecify.annotations.NullMarked;
