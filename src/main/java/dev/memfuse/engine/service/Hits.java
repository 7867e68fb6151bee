package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.buffer.TokenCounter;
import dev.memfuse.engine.retrieval.Ranking;
import dev.memfuse.engine.retrieval.Reranker;
import dev.memfuse.engine.retrieval.ScoredEntry;

/// What was found, with its texts, best first.
record Hits(List<Hit> hits) {
    /// Share of the second look in a score.
    private static final double RERANK_WEIGHT = 0.3;

    /// Reads the messages of everything found at once. What was deleted since it was ranked is left out.
    static Hits of(Ranking ranking, Function<Collection<UUID>, List<Message>> read) {
        Map<UUID, Message> messages = read
                .apply(ranking.found().stream().map(found -> found.sources().getFirst()).distinct().toList()).stream()
                .collect(Collectors.toMap(Message::id, message -> message));
        List<Hit> hits = new ArrayList<>();
        for (ScoredEntry found : ranking.found()) {
            Message message = messages.get(found.sources().getFirst());
            if (message != null) {
                hits.add(new Hit(found.layer(), found.id(), found.content().orElse(message.content()), message,
                        found.sources(), found.score(), found.shares()));
            }
        }
        return new Hits(List.copyOf(hits));
    }

    /// The same with a second look at the first.
    ///
    /// @param depth so many are looked at; the others keep what the first look gave them
    Hits reranked(String question, Reranker reranker, int depth) {
        List<Hit> first = hits.subList(0, Math.min(depth, hits.size()));
        List<Double> again = reranker.scores(question,
                first.stream().map(hit -> new Reranker.Candidate(hit.content(), hit.message().createdAt())).toList());
        List<Hit> mixed = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            mixed.add(mixed(hits.get(i), i < again.size() ? again.get(i) : 0));
        }
        mixed.sort(Comparator.comparingDouble(Hit::score).reversed());
        return new Hits(List.copyOf(mixed));
    }

    private static Hit mixed(Hit hit, double again) {
        List<Share> shares = new ArrayList<>();
        for (Share share : hit.shares()) {
            shares.add(new Share(share.signal(), share.raw(), share.normalised(), share.weight() * (1 - RERANK_WEIGHT),
                    share.points() * (1 - RERANK_WEIGHT)));
        }
        shares.add(new Share(Signal.RERANK, again, again, RERANK_WEIGHT, again * RERANK_WEIGHT));
        return new Hit(hit.layer(), hit.id(), hit.content(), hit.message(), hit.sources(),
                shares.stream().mapToDouble(Share::points).sum(), List.copyOf(shares));
    }

    /// As many as were asked for and fit in the budget of tokens.
    List<Hit> within(QueryRequest request, TokenCounter counter) {
        List<Hit> taken = new ArrayList<>();
        int tokens = 0;
        for (Hit hit : hits.subList(0, Math.min(request.topK(), hits.size()))) {
            tokens += request.maxTokens() == 0 ? 0 : counter.count(hit.content());
            if (request.maxTokens() > 0 && tokens > request.maxTokens()) {
                break;
            }
            taken.add(request.explain() == QueryRequest.Explain.ON ? hit : withoutShares(hit));
        }
        return List.copyOf(taken);
    }

    private static Hit withoutShares(Hit hit) {
        return new Hit(hit.layer(), hit.id(), hit.content(), hit.message(), hit.sources(), hit.score(), List.of());
    }
}
