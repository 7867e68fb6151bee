/// Dialogues with the facts that a memory should make of them.
@NullMarked
package dev.memfuse.load.labelled;

import org.jspecify.annotations.NullMarked;
