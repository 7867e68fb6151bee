/// The texts a load sends: conversations of sessions of turns, and questions about them.
/// Read from LoCoMo files or generated from a seed. Knows nothing of how a load runs.
@NullMarked
package dev.memfuse.load.corpus;

import org.jspecify.annotations.NullMarked;
