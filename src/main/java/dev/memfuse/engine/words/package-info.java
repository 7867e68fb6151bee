/// Words of a text as they are compared: in one composition, width and case, in every script.
@NullMarked
package dev.memfuse.engine.words;

import org.jspecify.annotations.NullMarked;
