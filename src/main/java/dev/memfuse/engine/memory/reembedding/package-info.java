/// Replaces stored vectors after a change of the embedding model.
@NullMarked
package dev.memfuse.engine.memory.reembedding;

import org.jspecify.annotations.NullMarked;
