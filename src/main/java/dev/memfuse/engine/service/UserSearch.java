package dev.memfuse.engine.service;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
import dev.memfuse.engine.retrieval.EmbeddingSpace;
import dev.memfuse.engine.retrieval.FeatureReranker;
import dev.memfuse.engine.retrieval.Ranking;
import dev.memfuse.engine.retrieval.RankingRules;
import dev.memfuse.engine.retrieval.Reconciliation;
import dev.memfuse.engine.retrieval.Reranker;
import dev.memfuse.engine.retrieval.Scope;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Answers one user's questions: ranks with the backend that the configuration names, reads the texts of the best at
/// once, looks at them again when that is wanted, and cuts to the budget. Thread-safe.
final class UserSearch {
    /// So many of the best are looked at again.
    private static final int RERANKED = 50;

    private final UserState state;
    private final EngineComponents parts;
    private final Supplier<EmbeddingModel> model;
    private final Urgency urgency;
    private final EmbeddedRanking embedded;
    private final DatabaseRanking database;
    private final Reranker reranker = new FeatureReranker();

    /// @param urgency of the questions' embedding
    UserSearch(UserState state, EngineComponents parts, Supplier<EmbeddingModel> model, Urgency urgency) {
        this.state = state;
        this.parts = parts;
        this.model = model;
        this.urgency = urgency;
        embedded = new EmbeddedRanking(state.index(), this::load, this::embed);
        database = new DatabaseRanking(parts.search(), this::embed);
    }

    private List<float[]> embed(List<String> texts) {
        return parts.embedding().embed(model.get(), texts, urgency);
    }

    /// What is buffered is read before what is stored: a message that moves in between is seen twice, never missed.
    private void load(Reconciliation index) {
        // Another process may have made sessions.
        if (!state.agents().isEmpty()) {
            readAgents();
        }
        List<Message> buffered = state.buffers().messages(_ -> true);
        parts.store().readIndex(state.userId(), index);
        buffered.forEach(index::buffered);
    }

    /// The answer to a question.
    ///
    /// @param request with the number of hits
    /// @param read the messages of these ids, stored or buffered, in one statement at most
    QueryResult answer(QueryRequest request, MemFuseConfig config, Function<Collection<UUID>, List<Message>> read) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.FUSE);
        try {
            boolean again = config.retrieval().useRerank();
            int wanted = again ? Math.max(RERANKED, request.topK()) : request.topK();
            Ranking ranking = rank(request, config, wanted);
            Hits hits = Hits.of(ranking, read);
            Hits best = again ? hits.reranked(request.text(), reranker, RERANKED) : hits;
            TokenCounter counter = TokenCounter.forModel(config.buffer().roundBuffer().tokenModel());
            return new QueryResult(best.within(request, counter), ranking.searched(), false, false);
        } finally {
            trace.exit(outer);
        }
    }

    private Ranking rank(QueryRequest request, MemFuseConfig config, int wanted) {
        RankingRules rules = RankingRules.of(config.retrieval());
        Scope scope = scope(request.filter());
        EmbeddingModel encoder = model.get();
        EmbeddingSpace models = new EmbeddingSpace(encoder.chunkName(), encoder.name(), encoder.dimension());
        if (config.retrieval().backend() == RetrievalBackend.POSTGRES) {
            List<Message> buffered = scope.layers().contains(MemoryLayer.M0)
                    ? state.buffers().messages(scope::covers)
                    : List.of();
            return database.rank(
                    new DatabaseRanking.Question(state.userId(), request.text(), request.filter(), buffered),
                    models, rules, wanted);
        }
        parts.indexes().used(state.index());
        return embedded.rank(request.text(), scope, models, rules, wanted);
    }

    private Scope scope(QueryFilter filter) {
        Optional<Set<UUID>> sessions = filter.sessions().isEmpty()
                ? Optional.empty()
                : Optional.of(filter.sessions());
        if (!filter.agents().isEmpty()) {
            Set<UUID> ofAgents = sessionsOf(filter.agents());
            sessions.ifPresent(ofAgents::retainAll);
            sessions = Optional.of(ofAgents);
        }
        return new Scope(sessions, filter.from(), filter.until(), filter.layers());
    }

    /// Sessions keep their agent, so they are asked for again only when the user has new ones.
    private Set<UUID> sessionsOf(Set<UUID> agents) {
        boolean known = state.knownSessions().stream().allMatch(key -> state.agents().containsKey(key.sessionId()));
        if (!known || state.agents().isEmpty()) {
            readAgents();
        }
        return state.agents().entrySet().stream().filter(entry -> agents.contains(entry.getValue()))
                .map(java.util.Map.Entry::getKey).collect(Collectors.toCollection(HashSet::new));
    }

    private void readAgents() {
        parts.store().sessions(state.userId())
                .forEach(session -> state.agents().put(session.key().sessionId(), session.agentId()));
    }
}
