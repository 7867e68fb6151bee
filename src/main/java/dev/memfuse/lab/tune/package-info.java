/// Tuning: a search for better settings by successive halving, and the proof of the best by a paired comparison.
@NullMarked
package dev.memfuse.lab.tune;

import org.jspecify.annotations.NullMarked;
