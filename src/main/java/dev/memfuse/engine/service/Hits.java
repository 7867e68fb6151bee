package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.retrieval.Ranking;
import dev.memfuse.engine.retrieval.Reranker;
import dev.memfuse.engine.retrieval.ScoredEntry;

/// Hits of a query with their texts, best first.
record Hits(List<Hit> hits) {
    /// Weight of the reranker's score; the fused score has the rest.
    private static final double RERANK_WEIGHT = 0.3;

    /// Joins ranked entries with their messages. Entries without a message, deleted since they were ranked, are left
    /// out.
    static Hits of(Ranking ranking, List<Message> messages) {
        Map<UUID, Message> byId = messages.stream().collect(Collectors.toMap(Message::id, message -> message));
        List<Hit> hits = new ArrayList<>();
        for (ScoredEntry entry : ranking.entries()) {
            Message message = byId.get(entry.sources().getFirst());
            if (message != null) {
                hits.add(new Hit(entry.layer(), entry.id(), entry.content().orElse(message.content()), message,
                        entry.sources(), List.of(), entry.score(), entry.shares()));
            }
        }
        return new Hits(List.copyOf(hits));
    }

    /// Returns the hits that are messages.
    Hits messagesOnly() {
        return new Hits(hits.stream().filter(hit -> hit.layer() == MemoryLayer.M0).toList());
    }

    /// Returns the ids of the hits that are facts.
    List<UUID> facts() {
        return hits.stream().filter(hit -> hit.layer() == MemoryLayer.M2).map(Hit::id).toList();
    }

    /// Returns the hits with their conflicts.
    ///
    /// @param conflicts ids of contradicting facts by fact
    Hits marked(Map<UUID, List<UUID>> conflicts) {
        return new Hits(hits.stream().map(hit -> conflicts.containsKey(hit.id())
                ? new Hit(hit.layer(), hit.id(), hit.content(), hit.message(), hit.sources(),
                        conflicts.getOrDefault(hit.id(), List.of()), hit.score(), hit.shares())
                : hit).toList());
    }

    /// Returns the hits in the order of their combined scores.
    ///
    /// @param depth number of the first hits that the reranker scores; the others get its score 0
    Hits reranked(String question, Reranker reranker, int depth) {
        List<Hit> first = hits.subList(0, Math.min(depth, hits.size()));
        List<Double> scores = reranker.scores(question,
                first.stream().map(hit -> new Reranker.Passage(hit.content(), hit.message().createdAt())).toList());
        List<Hit> combined = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            combined.add(combined(hits.get(i), i < scores.size() ? scores.get(i) : 0));
        }
        combined.sort(Comparator.comparingDouble(Hit::score).reversed());
        return new Hits(List.copyOf(combined));
    }

    private static Hit combined(Hit hit, double reranked) {
        List<Share> shares = new ArrayList<>();
        for (Share share : hit.shares()) {
            shares.add(new Share(share.signal(), share.raw(), share.normalised(), share.weight() * (1 - RERANK_WEIGHT),
                    share.points() * (1 - RERANK_WEIGHT)));
        }
        shares.add(new Share(Signal.RERANK, reranked, reranked, RERANK_WEIGHT, reranked * RERANK_WEIGHT));
        return new Hit(hit.layer(), hit.id(), hit.content(), hit.message(), hit.sources(), hit.conflictsWith(),
                shares.stream().mapToDouble(Share::points).sum(), List.copyOf(shares));
    }

    /// Hits within a token budget.
    ///
    /// @param leftOut number of hits that do not fit
    record Selection(List<Hit> hits, int leftOut) {}

    /// Returns those of the best `top_k` hits that fit into the request's token budget, with shares only if the request
    /// explains. A hit that does not fit is left out; smaller ones after it may still fit.
    Selection within(QueryRequest request, TokenCounter counter) {
        List<Hit> best = hits.subList(0, Math.min(request.topK(), hits.size()));
        List<Hit> taken = new ArrayList<>();
        int left = request.maxTokens();
        for (Hit hit : best) {
            int tokens = request.maxTokens() == 0 ? 0 : counter.countUpTo(hit.content(), left);
            if (tokens <= left) {
                left -= tokens;
                taken.add(request.explain() == QueryRequest.Explain.ON ? hit : withoutShares(hit));
            }
        }
        return new Selection(List.copyOf(taken), best.size() - taken.size());
    }

    private static Hit withoutShares(Hit hit) {
        return new Hit(hit.layer(), hit.id(), hit.content(), hit.message(), hit.sources(), hit.conflictsWith(),
                hit.score(), List.of());
    }
}
