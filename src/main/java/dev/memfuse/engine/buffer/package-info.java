/// The buffers before the memory service: RoundBuffer, HybridBuffer, FlushManager, QueryBuffer, TokenCounter.
/// They keep every acknowledged message readable until it is stored, and know nothing of SQL.
@NullMarked
package dev.memfuse.engine.buffer;

import org.jspecify.annotations.NullMarked;
