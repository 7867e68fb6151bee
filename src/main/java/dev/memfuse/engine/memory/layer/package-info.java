/// Shared parts of the layers M1 and M2: the task of a layer, the encoder, and the choice between model and rules.
@NullMarked
package dev.memfuse.engine.memory.layer;

import org.jspecify.annotations.NullMarked;
