package dev.memfuse.engine.retrieval;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Ranks with the index in this process. A message without a vector ranks by its words; the few that a query should not
/// miss are embedded with the question.
public final class EmbeddedRanking {
    /// Messages without a vector that a query embeds itself, by words and by age: a bound on what it may cost.
    private static final int EMBEDDED_BY_WORDS = 4;
    private static final int EMBEDDED_BY_AGE = 1;

    private final MemoryIndex index;
    private final Consumer<Reconciliation> loader;
    private final Function<List<String>, List<float[]>> embed;

    /// @param loader see [MemoryIndex#with]
    /// @param embed normalised vectors of texts
    public EmbeddedRanking(MemoryIndex index, Consumer<Reconciliation> loader,
            Function<List<String>, List<float[]>> embed) {
        this.index = index;
        this.loader = loader;
        this.embed = embed;
    }

    /// The best for a question; blocks for the model.
    public Ranking rank(String question, Scope scope, EmbeddingSpace model, RankingRules rules, int wanted) {
        return index.with(model, loader, open -> {
            UserIndex.Matched matched = open.match(question, scope);
            List<UserIndex.Unembedded> missing = open.unembedded(matched, EMBEDDED_BY_WORDS, EMBEDDED_BY_AGE);
            List<float[]> vectors = embed.apply(
                    Stream.concat(Stream.of(question), missing.stream().map(UserIndex.Unembedded::text)).toList());
            for (int i = 0; i < missing.size(); i++) {
                open.embedded(missing.get(i), vectors.get(i + 1));
            }
            return open.rank(matched, vectors.getFirst(), rules, wanted);
        });
    }
}
