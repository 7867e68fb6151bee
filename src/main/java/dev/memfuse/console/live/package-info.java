/// The Live page: throughput, latency, pool, stages, buffers and errors of the running engine.
@NullMarked
package dev.memfuse.console.live;

import org.jspecify.annotations.NullMarked;
