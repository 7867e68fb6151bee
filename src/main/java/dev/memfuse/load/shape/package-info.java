/// The rate of an open load over time.
@NullMarked
package dev.memfuse.load.shape;

import org.jspecify.annotations.NullMarked;
