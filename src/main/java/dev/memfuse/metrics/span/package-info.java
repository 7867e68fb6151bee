/// Figures of any span of the history, beside those of the span before it. Percentiles are those of the merged
/// distributions.
@NullMarked
package dev.memfuse.metrics.span;

import org.jspecify.annotations.NullMarked;
