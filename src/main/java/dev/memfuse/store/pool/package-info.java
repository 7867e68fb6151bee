/// Connection pools, the two connection managers, and the database that leases connections.
@NullMarked
package dev.memfuse.store.pool;

import org.jspecify.annotations.NullMarked;
