/// M2: finds facts in rounds and merges them into the known ones.
@NullMarked
package dev.memfuse.engine.memory.semantic;

import org.jspecify.annotations.NullMarked;
