/// The engine's storage on PostgreSQL: pools, statements and migrations. No connection and no `SQLException` leaves
/// these packages.
@NullMarked
package dev.memfuse.store;

import org.jspecify.annotations.NullMarked;
