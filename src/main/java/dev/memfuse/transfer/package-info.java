/// Export and import of one user as a JSON Lines file with one record a line. Both work as streams.
@NullMarked
package dev.memfuse.transfer;

import org.jspecify.annotations.NullMarked;
