package dev.memfuse.engine.retrieval;

import static dev.memfuse.engine.retrieval.IndexHarness.EAST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedQueryTest {
    @TempDir
    private Path folder;

    /// What is prepared while the model embeds the question gives the ranking of a match and a rank in turn, also when
    /// the entries change in between.
    @Test
    void ranksAPreparedQuestionByTheEntriesThatAreThereThen() {
        try (IndexHarness harness = new IndexHarness(folder)) {
            UUID apple = harness.add("An apple a day", 1, 0, 0, 0);
            UUID pear = harness.add("An apple and a pear", 0, 1, 0, 0);
            RankingRules rules = new RankingRules(IndexHarness.PLAIN.fusion(), 60, 0.5,
                    new NeighbourWeights(0.2, 0.5, 0.2, 0.6),
                    new HintWeights(0.3, 0.15, 0.1, 0.8, 0.3));
            UserIndex.Prepared unchanged = harness.index.prepare(IndexHarness.query("apple"), Scope.ALL, rules);

            assertEquals(harness.rank("apple", EAST, rules, 5),
                    harness.index.rank(unchanged, EAST, rules, 5).entries());
            assertEquals(2, harness.index.rank(unchanged, EAST, rules, 5).searched());

            harness.index.remove(List.of(pear));
            Ranking ranking = harness.index.rank(unchanged, EAST, rules, 5);
            assertEquals(List.of(apple), ranking.entries().stream().map(ScoredEntry::id).toList());
            assertEquals(1, ranking.searched());
        }
    }
}
