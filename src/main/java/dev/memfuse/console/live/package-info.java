/// The Live page: throughput, latency, pool, stages, buffers and errors while they happen.
@NullMarked
package dev.memfuse.console.live;

import org.jspecify.annotations.NullMarked;
