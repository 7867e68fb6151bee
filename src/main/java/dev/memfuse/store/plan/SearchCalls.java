package dev.memfuse.store.plan;

import static dev.memfuse.store.plan.Explainable.read;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.StoreException;
import dev.memfuse.store.search.PgSearch;

/// The search inside the database (`retrieval.backend: postgres`), with a vector and the words of the user, first over
/// everything, then with each restriction of a filter.
final class SearchCalls {
    private static final int LIMIT = 200;
    private static final Duration MONTH = Duration.ofDays(30);
    /// Classes of the errors for what does not exist: a type, a column, an operator.
    private static final Set<String> MISSING = Set.of("42704", "42703", "42883");

    private SearchCalls() {}

    static List<Explainable> all() {
        return List.of(
                read("search-by-meaning", "Search by meaning inside PostgreSQL", of -> {
                    for (QueryFilter filter : filters(of)) {
                        search(() -> new PgSearch(of.database()).dense(of.id(), filter, of.vector().model(),
                                of.vector().values(), LIMIT));
                    }
                }),
                read("search-by-words", "Search by words inside PostgreSQL", of -> {
                    for (QueryFilter filter : filters(of)) {
                        search(() -> new PgSearch(of.database()).lexical(of.id(), filter,
                                of.messages().getFirst().content(), LIMIT));
                    }
                }));
    }

    private static List<QueryFilter> filters(Subject of) {
        Set<MemoryLayer> layers = EnumSet.allOf(MemoryLayer.class);
        Instant newest = of.messages().getFirst().createdAt();
        return List.of(new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), layers),
                new QueryFilter(Set.of(of.session().sessionId()), Set.of(of.agent()),
                        Optional.of(newest.minus(MONTH)), Optional.of(newest.plus(MONTH)), layers));
    }

    private static void search(Runnable search) {
        try {
            search.run();
        } catch (StoreException e) {
            throw MISSING.contains(e.sqlState())
                    ? new EngineException("This database is not prepared for searches inside PostgreSQL: set "
                            + "retrieval.backend to postgres and ask a query once, then explain it again.",
                            e.sqlState(), e)
                    : e;
        }
    }
}
