/// The statements of the store, one class for each aggregate.
@NullMarked
package dev.memfuse.store.sql;

import org.jspecify.annotations.NullMarked;
