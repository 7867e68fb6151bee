/// Builds the layers M1 and M2 in the background, from the work list in storage.
@NullMarked
package dev.memfuse.engine.memory.extraction;

import org.jspecify.annotations.NullMarked;
