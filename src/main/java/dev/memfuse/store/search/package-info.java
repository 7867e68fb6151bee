/// Ranking inside PostgreSQL, by pgvector and full-text search.
@NullMarked
package dev.memfuse.store.search;

import org.jspecify.annotations.NullMarked;
