/// Ranking: a per-user index of terms and vectors over buffered and stored messages, and score fusion.
@NullMarked
package dev.memfuse.engine.retrieval;

import org.jspecify.annotations.NullMarked;
