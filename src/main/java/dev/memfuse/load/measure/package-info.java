/// Records the operations of a run and builds its result.
@NullMarked
package dev.memfuse.load.measure;

import org.jspecify.annotations.NullMarked;
