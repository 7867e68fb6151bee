/// Statistics of measured values: percentiles of latencies and the rule for few samples, estimates with intervals,
/// change points and warm-up, the law of scalability. No class of it reads or writes anything.
@NullMarked
package dev.memfuse.metrics.stats;

import org.jspecify.annotations.NullMarked;
