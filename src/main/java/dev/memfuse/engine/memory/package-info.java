/// The memory service and its layers: M0 raw, M1 episodic, M2 semantic. M0 is written synchronously; M1 and M2 are
/// built in the background.
@NullMarked
package dev.memfuse.engine.memory;

import org.jspecify.annotations.NullMarked;
