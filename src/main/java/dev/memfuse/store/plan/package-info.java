/// Plans of the statements of the store, by calls that are rolled back.
@NullMarked
package dev.memfuse.store.plan;

import org.jspecify.annotations.NullMarked;
