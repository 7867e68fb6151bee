/// Times that questions and messages state in English: the periods that a question names, and whether a text states a
/// time.
@NullMarked
package dev.memfuse.engine.time;

import org.jspecify.annotations.NullMarked;
