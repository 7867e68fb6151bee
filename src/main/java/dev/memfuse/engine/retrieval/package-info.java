/// Ranking of a user's entries: an index of terms and vectors per user, ranking inside the database, score fusion and
/// reranking.
@NullMarked
package dev.memfuse.engine.retrieval;

import org.jspecify.annotations.NullMarked;
