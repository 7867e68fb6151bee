package dev.memfuse.engine.service;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.buffer.QueryBuffer;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;

/// Answers one user's queries from the cache or by a search. Thread-safe.
final class UserQueries {
    private final UserState state;
    private final ServiceContext context;
    private final UserSearch search;

    /// @param urgency priority of the embedding of questions
    UserQueries(UserState state, ServiceContext context, Supplier<EmbeddingModel> model, Urgency urgency) {
        this.state = state;
        this.context = context;
        this.search = new UserSearch(state, context, model, urgency);
    }

    /// Answers a query of the user.
    QueryResult query(QueryRequest query, MemFuseConfig config) {
        int capacity = config.buffer().query().cacheSize();
        if (config.buffer().speculativeBuffer().enabled()) {
            state.speculation().recordQuery(query, config.buffer().speculativeBuffer());
        }
        QueryBuffer.Key key = key(query, config);
        long version = state.queries().version();
        return state.queries().get(key, capacity, this::erased)
                .map(QueryResult::asCached).orElseGet(() -> {
                    UserSearch.Answer answer = answer(key.request(), config);
                    answer.complete().ifPresent(
                            erased -> state.queries().put(key, answer.result(), version, erased, capacity));
                    return answer.result();
                });
    }

    private OptionalLong erased() {
        return context.health().readOr(() -> OptionalLong.of(context.store().erasures().erased(state.userId())),
                OptionalLong::empty);
    }

    /// Answers a query of the user without the cache.
    QueryResult uncached(QueryRequest query, MemFuseConfig config) {
        return answer(key(query, config).request(), config).result();
    }

    /// "Yesterday" in a question has another answer on another day.
    private static QueryBuffer.Key key(QueryRequest query, MemFuseConfig config) {
        QueryRequest request = query.topK() == 0 ? query.withTopK(config.buffer().query().maxSize()) : query;
        return new QueryBuffer.Key(request, List.of(config.retrieval(), config.buffer().roundBuffer().tokenModel(),
                LocalDate.now(ZoneOffset.UTC)));
    }

    /// Computes and caches the answer of a predicted query, unless it is cached.
    void prefetch(QueryRequest predicted, MemFuseConfig config) {
        QueryBuffer.Key key = key(predicted, config);
        long version = state.queries().version();
        if (!state.queries().contains(key)) {
            UserSearch.Answer answer = answer(key.request(), config);
            answer.complete().ifPresent(erased -> state.queries().putPrefetched(key, answer.result(), version, erased,
                    config.buffer().query().cacheSize()));
        }
    }

    /// Without the database an open index still ranks; hits whose messages are not buffered are missing then.
    private UserSearch.Answer answer(QueryRequest request, MemFuseConfig config) {
        UserSearch.Answer answer = context.health().readOr(() -> search.answer(request, config),
                () -> UserSearch.Answer.degraded(QueryResult.UNAVAILABLE));
        return context.health().isDown() ? UserSearch.Answer.degraded(answer.result().asDegraded()) : answer;
    }
}
