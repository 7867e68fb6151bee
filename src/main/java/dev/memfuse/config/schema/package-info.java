/// The table of all keys with their ranges and meanings, access to values by key, differences, and validation.
@NullMarked
package dev.memfuse.config.schema;

import org.jspecify.annotations.NullMarked;
