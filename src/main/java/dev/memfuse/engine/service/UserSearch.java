package dev.memfuse.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.RetrievalBackend;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.retrieval.DatabaseRanking;
import dev.memfuse.engine.retrieval.EmbeddedRanking;
import dev.memfuse.engine.retrieval.FeatureReranker;
import dev.memfuse.engine.retrieval.QueryEncoder;
import dev.memfuse.engine.retrieval.Ranking;
import dev.memfuse.engine.retrieval.RankingRules;
import dev.memfuse.engine.retrieval.Reranker;
import dev.memfuse.engine.retrieval.Scope;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Searches one user's memory: ranks with the configured backend, reads the messages of the best entries, reranks them
/// if configured, and cuts the hits to the budget. Thread-safe.
final class UserSearch {
    /// Number of the best hits that are reranked.
    private static final int RERANKED = 50;

    private final UserState state;
    private final ServiceContext context;
    private final Supplier<EmbeddingModel> model;
    private final Urgency urgency;
    private final UserMessages messages;
    private final EmbeddedRanking embedded;
    private final DatabaseRanking database;
    private final Reranker reranker = new FeatureReranker();

    /// @param urgency priority of the embedding of questions
    UserSearch(UserState state, ServiceContext context, Supplier<EmbeddingModel> model, Urgency urgency) {
        this.state = state;
        this.context = context;
        this.model = model;
        this.urgency = urgency;
        messages = new UserMessages(state, context);
        embedded = new EmbeddedRanking(state.index());
        database = new DatabaseRanking(context.search());
    }

    /// Returns the hits for a request. Blocks for the model and the database.
    ///
    /// @param request with a number of hits of at least 1
    QueryResult answer(QueryRequest request, MemFuseConfig config) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.FUSE);
        try {
            boolean rerank = config.retrieval().useRerank();
            int limit = rerank ? Math.max(RERANKED, request.topK()) : request.topK();
            Ranking ranking = rank(request, config, limit);
            Hits hits = Hits.of(ranking, messages.read(ranking.messageIds()));
            Hits best = rerank ? hits.reranked(request.text(), reranker, RERANKED) : hits;
            TokenCounter counter = TokenCounter.forModel(config.buffer().roundBuffer().tokenModel());
            return new QueryResult(best.within(request, counter), ranking.searched(), false, false);
        } finally {
            trace.exit(outer);
        }
    }

    private Ranking rank(QueryRequest request, MemFuseConfig config, int limit) {
        RankingRules rules = RankingRules.of(config.retrieval());
        Scope scope = scope(request.filter());
        QueryEncoder encoder = new QueryEncoder(model.get(), context.embedding(), urgency);
        if (config.retrieval().backend() == RetrievalBackend.POSTGRES) {
            List<Message> buffered = scope.layers().contains(MemoryLayer.M0)
                    ? state.buffers().messages(scope::covers)
                    : List.of();
            return database.rank(
                    new DatabaseRanking.Question(state.userId(), request.text(), request.filter(), buffered),
                    encoder, rules, limit);
        }
        context.indexes().touch(state.index());
        return embedded.rank(request.text(), scope, encoder, rules, limit);
    }

    private Scope scope(QueryFilter filter) {
        Optional<Set<UUID>> sessions = filter.sessions().isEmpty()
                ? Optional.empty()
                : Optional.of(filter.sessions());
        if (!filter.agents().isEmpty()) {
            Set<UUID> ofAgents = state.sessions().ofAgents(filter.agents());
            sessions.ifPresent(ofAgents::retainAll);
            sessions = Optional.of(ofAgents);
        }
        return new Scope(sessions, filter.from(), filter.until(), filter.layers());
    }
}
