/// Connection pools, the two connection managers, and the lease of one connection for one method.
@NullMarked
package dev.memfuse.store.pool;

import org.jspecify.annotations.NullMarked;
