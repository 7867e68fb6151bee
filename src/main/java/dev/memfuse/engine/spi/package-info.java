/// What a store implements: ports to messages, layers, vectors and search, and the rows that cross them.
@NullMarked
package dev.memfuse.engine.spi;

import org.jspecify.annotations.NullMarked;
