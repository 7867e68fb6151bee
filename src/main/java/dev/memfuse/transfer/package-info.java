/// The memory of one user as a file: JSON Lines, one record a line, written and read as a stream.
/// Knows the API of the engine; reads and writes files, therefore Jackson.
@NullMarked
package dev.memfuse.transfer;

import org.jspecify.annotations.NullMarked;
