/// The Pool page: leases now and at time-outs, times of leases, a scope of the gauges, and actions on the pool.
@NullMarked
package dev.memfuse.console.pool;

import org.jspecify.annotations.NullMarked;
