package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.engine.model.EmbeddingPool;

/// Ranks with the index in this process. A message without a vector ranks by its terms; a few of these messages are
/// embedded together with the question. Thread-safe.
public final class EmbeddedRanking {
    /// Maximum number of messages without a vector that a query embeds, best by BM25 first: bounds its cost.
    private static final int EMBEDDED_BY_TERMS = 4;
    /// Number of the newest messages that a query embeds when they have no vector.
    private static final int EMBEDDED_BY_AGE = 1;

    private final MemoryIndex index;

    public EmbeddedRanking(MemoryIndex index) {
        this.index = index;
    }

    /// Opens the index for the vectors of a model. Blocks for the database.
    public void open(QueryEncoder encoder) {
        index.with(encoder.space(), _ -> true);
    }

    /// Returns the best entries for a question. Blocks for the model, and for the database when the index is opened.
    ///
    /// @param limit maximum number of entries
    public Ranking rank(QueryText question, Scope scope, QueryEncoder encoder, RankingRules rules, int limit) {
        return index.with(encoder.space(), open -> open.isEmbedded()
                ? rankBeside(open, question, scope, encoder, rules, limit)
                : rankWithMissing(open, question, scope, encoder, rules, limit));
    }

    /// Does what needs no vector while the model, on a thread of its own, embeds the question.
    private Ranking rankBeside(UserIndex open, QueryText question, Scope scope, QueryEncoder encoder,
            RankingRules rules, int limit) {
        EmbeddingPool.Beside<UserIndex.Prepared> both = encoder.embed(question.text(),
                () -> index.rank(open, () -> open.prepare(question, scope, rules)));
        return index.rank(open, () -> open.rank(both.result(), both.vectors().getFirst(), rules, limit));
    }

    /// Matches the words first: they decide which messages are embedded with the question.
    private Ranking rankWithMissing(UserIndex open, QueryText question, Scope scope, QueryEncoder encoder,
            RankingRules rules, int limit) {
        WordsFirst prepared = index.rank(open, () -> match(open, question, scope, rules));
        List<UserIndex.Unembedded> missing = prepared.missing();
        List<float[]> vectors = encoder.embed(
                Stream.concat(Stream.of(question.text()), missing.stream().map(UserIndex.Unembedded::text)).toList());
        for (int i = 0; i < missing.size(); i++) {
            open.setVector(missing.get(i), vectors.get(i + 1));
        }
        return index.rank(open, () -> open.rank(prepared.matched(), vectors.getFirst(), rules, limit));
    }

    private record WordsFirst(UserIndex.Matched matched, List<UserIndex.Unembedded> missing) {}

    private static WordsFirst match(UserIndex open, QueryText question, Scope scope, RankingRules rules) {
        UserIndex.Matched matched = open.match(question, scope, rules.hintWeights());
        return new WordsFirst(matched, open.unembedded(matched, EMBEDDED_BY_TERMS, EMBEDDED_BY_AGE));
    }
}
