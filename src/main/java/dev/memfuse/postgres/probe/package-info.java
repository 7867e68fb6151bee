/// PostgreSQL as a target: addresses, credentials, and the connection test with its assessment.
@NullMarked
package dev.memfuse.postgres.probe;

import org.jspecify.annotations.NullMarked;
