/// Vectors of stored messages, made in the background whatever the layers are.
@NullMarked
package dev.memfuse.engine.memory.vectors;

import org.jspecify.annotations.NullMarked;
