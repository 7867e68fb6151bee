/// The memory service and its layers: M0 raw, M1 episodic, M2 semantic.
/// M0 is written in the caller's time; M1 and M2 are built behind the acknowledgement.
@NullMarked
package dev.memfuse.engine.memory;

import org.jspecify.annotations.NullMarked;
