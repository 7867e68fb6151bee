/// The server of a running program, for other programs of the same account: found by a file in the data folder.
@NullMarked
package dev.memfuse.server.local;

import org.jspecify.annotations.NullMarked;
