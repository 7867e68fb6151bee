/// The databases the engine can run on: the embedded PostgreSQL server with its folder, programs, account and
/// life-cycle, and the probe behind "Test connection" for any other server.
///
/// Owns the server's processes and files. Knows nothing of the engine's tables and never prints a password.
@NullMarked
package dev.memfuse.postgres.embedded;

import org.jspecify.annotations.NullMarked;
