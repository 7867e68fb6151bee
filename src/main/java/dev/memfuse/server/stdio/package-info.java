/// The Model Context Protocol over standard input and output, as a client of a running server.
@NullMarked
package dev.memfuse.server.stdio;

import org.jspecify.annotations.NullMarked;
