/// Measurements of the running engine: recording without allocation on the hot path, immutable snapshots, bounded
/// history. Depends on the JDK and HdrHistogram only.
@NullMarked
package dev.memfuse.metrics;

import org.jspecify.annotations.NullMarked;
