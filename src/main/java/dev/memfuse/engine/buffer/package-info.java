/// Buffers before the memory service, and the flushes that store their messages. Every acknowledged message stays
/// readable until it is stored.
@NullMarked
package dev.memfuse.engine.buffer;

import org.jspecify.annotations.NullMarked;
