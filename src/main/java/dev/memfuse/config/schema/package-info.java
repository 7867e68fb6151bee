/// The table of all keys with their ranges and texts, access to values by key, validation, differences, and the
/// configuration in force.
@NullMarked
package dev.memfuse.config.schema;

import org.jspecify.annotations.NullMarked;
