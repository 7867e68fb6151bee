package dev.memfuse.engine.service;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.RetrievalBackend;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;
import dev.memfuse.engine.retrieval.DatabaseRanking;
import dev.memfuse.engine.retrieval.EmbeddedRanking;
import dev.memfuse.engine.retrieval.FeatureReranker;
import dev.memfuse.engine.retrieval.QueryEncoder;
import dev.memfuse.engine.retrieval.QueryText;
import dev.memfuse.engine.retrieval.Ranking;
import dev.memfuse.engine.retrieval.RankingRules;
import dev.memfuse.engine.retrieval.Reranker;
import dev.memfuse.engine.retrieval.Scope;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Searches one user's memory: ranks with the configured backend, reads the messages of the best entries, reranks them
/// if configured, and cuts the hits to the budget. Thread-safe.
final class UserSearch {
    /// Number of the best hits that are reranked.
    private static final int RERANKED = 50;
    /// Maximum number of repetitions while other processes delete.
    private static final int MAX_REPETITIONS = 3;

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

    /// Answer of a search.
    ///
    /// @param erased time of the user's last deletion that the answer respects; empty when messages may be missing
    record Answer(QueryResult result, OptionalLong erased) {

        static Answer degraded(QueryResult result) {
            return new Answer(result, OptionalLong.empty());
        }

        /// Returns the time of the last deletion of an answer that may be cached.
        Optional<Long> complete() {
            return result.degraded() || erased.isEmpty() ? Optional.empty() : Optional.of(erased.getAsLong());
        }
    }

    /// Returns the hits for a request. Blocks for the model and the database.
    ///
    /// @param request with a number of hits of at least 1
    Answer answer(QueryRequest request, MemFuseConfig config) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.FUSE);
        try {
            boolean rerank = config.retrieval().useRerank();
            int limit = rerank ? Math.max(RERANKED, request.topK()) : request.topK();
            Found found = find(request, config, limit);
            Hits best = rerank ? found.hits().reranked(request.text(), reranker, RERANKED) : found.hits();
            TokenCounter counter = TokenCounter.forModel(config.buffer().roundBuffer().tokenModel());
            Hits.Selection selected = best.within(request, counter);
            return new Answer(new QueryResult(marked(selected).hits(), found.ranking().searched(),
                    found.ranking().byWordsAlone(), selected.leftOut(), false, false), found.erased());
        } finally {
            trace.exit(outer);
        }
    }

    /// Adds the conflicts of facts. They are not read while the database is away.
    private Hits marked(Hits.Selection selected) {
        Hits hits = new Hits(selected.hits());
        List<UUID> facts = hits.facts();
        return facts.isEmpty()
                ? hits
                : context.health().readOr(() -> hits.marked(
                        reading(store -> store.facts().conflicts(state.userId(), facts))),
                        () -> hits);
    }

    private record Found(Hits hits, Ranking ranking, OptionalLong erased) {}

    /// Ranks again when another process deleted something that the index still has: the text of a chunk or fact is
    /// taken from the index.
    private Found find(QueryRequest request, MemFuseConfig config, int limit) {
        Ranking ranking = rank(request, config, limit);
        UserMessages.Current current = messages.current(ranking.messageIds());
        for (int i = 0; i < MAX_REPETITIONS && isOutdated(ranking, current); i++) {
            current.erased().ifPresent(state.index()::markErased);
            ranking = rank(request, config, limit);
            current = messages.current(ranking.messageIds());
        }
        Hits hits = Hits.of(ranking, withFactsByHand(current.messages(), ranking.byHand()));
        return new Found(isOutdated(ranking, current) ? hits.messagesOnly() : hits, ranking, current.erased());
    }

    private List<Message> withFactsByHand(List<Message> messages, List<UUID> facts) {
        if (facts.isEmpty()) {
            return messages;
        }
        List<Message> all = new ArrayList<>(messages);
        List<Fact> current = context.health()
                .readOr(() -> reading(store -> store.knowledge().read(state.userId(), facts)), List::of);
        current.forEach(fact -> all.add(new Message(fact.id(), fact.session(), fact.roundId(), Message.UNASSIGNED,
                Role.SYSTEM, fact.content(), fact.time().observedAt(), Optional.empty(),
                Message.Origin.DATABASE)));
        return all;
    }

    private <T> T reading(Function<MemoryStore, T> reads) {
        MemoryStore store = context.store();
        return store.replicas().reading(state.userId(), () -> reads.apply(store));
    }

    private static boolean isOutdated(Ranking ranking, UserMessages.Current current) {
        return ranking.erased().isPresent() && current.erased().isPresent()
                && ranking.erased().getAsLong() != current.erased().getAsLong();
    }

    private Ranking rank(QueryRequest request, MemFuseConfig config, int limit) {
        RankingRules rules = RankingRules.of(config.retrieval());
        Scope scope = scope(request.filter());
        QueryText text = new QueryText(request.text(), LocalDate.now(ZoneOffset.UTC));
        QueryEncoder encoder = new QueryEncoder(model.get(), context.embedding(), urgency);
        if (config.retrieval().backend() == RetrievalBackend.POSTGRES) {
            List<Message> buffered = scope.layers().contains(MemoryLayer.M0)
                    ? state.buffers().messages(scope::covers)
                    : List.of();
            return database.rank(
                    new DatabaseRanking.Question(state.userId(), text, request.filter(), buffered),
                    encoder, rules, limit);
        }
        context.indexes().touch(state.index());
        return embedded.rank(text, scope, encoder, rules, limit);
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
