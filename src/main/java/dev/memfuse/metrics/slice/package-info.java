/// Compact, mergeable measurements of a span of time: distributions of times and ranges of gauges. They know no
/// operation and no other part of the engine.
@NullMarked
package dev.memfuse.metrics.slice;

import org.jspecify.annotations.NullMarked;
