/// M1: chunks of messages and the episode of a round.
@NullMarked
package dev.memfuse.engine.memory.episodic;

import org.jspecify.annotations.NullMarked;
