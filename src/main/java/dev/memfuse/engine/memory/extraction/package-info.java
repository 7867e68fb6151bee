/// Runs the work list of the layers M1 and M2 behind the acknowledgement.
@NullMarked
package dev.memfuse.engine.memory.extraction;

import org.jspecify.annotations.NullMarked;
