/// Embeds stored texts again when the embedding model changed.
@NullMarked
package dev.memfuse.engine.memory.reembedding;

import org.jspecify.annotations.NullMarked;
