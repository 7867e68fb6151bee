/// The connection pools as a person sees them: their state, who holds which connection, and the times of leases.
@NullMarked
package dev.memfuse.metrics.pool;

import org.jspecify.annotations.NullMarked;
