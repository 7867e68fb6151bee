/// The embedded PostgreSQL server: its folder, cluster, password, port, and its start, stop and restart.
@NullMarked
package dev.memfuse.postgres.embedded;

import org.jspecify.annotations.NullMarked;
