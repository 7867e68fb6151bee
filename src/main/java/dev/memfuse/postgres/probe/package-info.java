/// The connection test of a PostgreSQL server: addresses, credentials, properties and their assessment.
@NullMarked
package dev.memfuse.postgres.probe;

import org.jspecify.annotations.NullMarked;
