/// Hosts one engine in the process: its start, its state, and the test of a database.
@NullMarked
package dev.memfuse.engine.host;

import org.jspecify.annotations.NullMarked;
