/// Analyses English text locally: sentences, words and parts of speech (Apache OpenNLP), names, times, claims, and
/// central sentences. Independent of storage and of other models.
@NullMarked
package dev.memfuse.engine.memory.text;

import org.jspecify.annotations.NullMarked;
