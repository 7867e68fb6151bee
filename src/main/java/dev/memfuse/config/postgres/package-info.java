/// The settings of the embedded PostgreSQL server that a configuration may contain: names, ranges, units, and whether a
/// change needs a restart. Knows no server.
@NullMarked
package dev.memfuse.config.postgres;

import org.jspecify.annotations.NullMarked;
