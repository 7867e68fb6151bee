/// Interfaces that a store implements: messages, layers, vectors and search, with their records.
@NullMarked
package dev.memfuse.engine.spi;

import org.jspecify.annotations.NullMarked;
