/// Recording without allocation on the hot path, immutable snapshots, bounded history, and thresholds.
/// Knows the JDK and HdrHistogram, and no other package of ours.
@NullMarked
package dev.memfuse.metrics;

import org.jspecify.annotations.NullMarked;
