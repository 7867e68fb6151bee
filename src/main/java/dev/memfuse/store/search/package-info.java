/// Ranking inside PostgreSQL by pgvector and text search.
@NullMarked
package dev.memfuse.store.search;

import org.jspecify.annotations.NullMarked;
