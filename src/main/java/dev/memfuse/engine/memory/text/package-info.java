/// Reads English without a network: sentences, words and their kinds (Apache OpenNLP), names, times, claims, and which
/// sentences matter most. Knows nothing of storage or of other models.
@NullMarked
package dev.memfuse.engine.memory.text;

import org.jspecify.annotations.NullMarked;
