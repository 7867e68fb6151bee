/// M2: extracts facts from rounds and merges them into the known facts.
@NullMarked
package dev.memfuse.engine.memory.semantic;

import org.jspecify.annotations.NullMarked;
