/// Start and state of an engine in this process, and the connection test of a database.
@NullMarked
package dev.memfuse.engine.host;

import org.jspecify.annotations.NullMarked;
