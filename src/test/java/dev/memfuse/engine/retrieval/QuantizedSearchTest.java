package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.retrieval.CodeFile.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizedSearchTest {
    private static final int DIMENSION = 64;
    private static final int LIMIT = 20;
    private static final NeighbourWeights WEIGHTS = new NeighbourWeights(0.3, 0.6, 0.2, 0.1);

    private static final HintWeights HINTS = new HintWeights(0.3, 0.2, 0.1, 0.4, 0.2);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(7);

    /// Sets of vectors that quantization treats differently.
    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    enum Kind {
        NORMALISED(v -> scaled(v, 1 / length(v))),
        NEARLY_EQUAL(v -> {
            float[] near = scaled(v, 1e-5f);
            for (int i = 0; i < near.length; i++) {
                near[i] += 0.125f;
            }
            return near;
        }),
        EQUAL(v -> {
            float[] equal = new float[v.length];
            Arrays.fill(equal, 0.125f);
            return equal;
        }),
        ZERO(v -> new float[v.length]),
        TINY(v -> scaled(v, 1e-42f)),
        LARGE(v -> scaled(v, 1e37f)),
        OVERFLOWING(v -> scaled(v, 3e38f)),
        ONE_LARGE_COMPONENT(v -> {
            float[] changed = v.clone();
            changed[0] = 40;
            return changed;
        });

        private final UnaryOperator<float[]> change;

        Kind(UnaryOperator<float[]> change) {
            this.change = change;
        }
    }

    private static float[] scaled(float[] vector, float factor) {
        float[] scaled = new float[vector.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = vector[i] * factor;
        }
        return scaled;
    }

    private static float length(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += (double) component * component;
        }
        return (float) Math.sqrt(square);
    }

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }

    private float[] query() {
        float[] vector = vector();
        return scaled(vector, 1 / length(vector));
    }

    private VectorFile file(int size, Kind... kinds) throws IOException {
        VectorFile file = VectorFile.open(Files.createTempDirectory(folder, "index"), DIMENSION, 0);
        for (int i = 0; i < size; i++) {
            file.add(kinds[i % kinds.length].change.apply(vector()));
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theBestAreThoseOfExactScores(Kind kind) throws IOException {
        compare(FusionKind.MINMAX, kind);
    }

    @Test
    void theBestOfUnlikeVectorsAreThoseOfExactScores() throws IOException {
        compare(FusionKind.MINMAX, Kind.values());
        compare(FusionKind.MINMAX, Kind.NORMALISED, Kind.ZERO, Kind.TINY, Kind.EQUAL);
    }

    @Test
    void ranksAreThoseOfExactScores() throws IOException {
        compare(FusionKind.RRF, Kind.NORMALISED, Kind.NEARLY_EQUAL);
    }

    private void compare(FusionKind fusion, Kind... kinds) throws IOException {
        for (int size : List.of(1, 19, 127, 1_000, 5_000)) {
            try (VectorFile file = file(size, kinds)) {
                for (int i = 0; i < 20; i++) {
                    float[] query = i == 0 ? new float[DIMENSION] : query();
                    Entries entries = entries(size);
                    RankingRules rules = new RankingRules(fusion, 60, i % 2 == 0 ? 1 : 0.6,
                            i % 3 == 0 ? NeighbourWeights.NONE : WEIGHTS, i % 4 == 0 ? HintWeights.NONE : HINTS);
                    assertEquals(ranked(entries, DenseScores.exact(exact(file, query)), rules),
                            ranked(entries, approximate(file, query), rules),
                            Arrays.toString(kinds) + ", " + size + " vectors, query " + i);
                }
            }
        }
    }

    private static float[] exact(VectorFile file, float[] query) {
        float[] exact = new float[file.size()];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = file.score(i, query);
        }
        return exact;
    }

    private static DenseScores approximate(VectorFile file, float[] query) {
        Scan scan = file.scan(query);
        return new DenseScores(Arrays.copyOf(scan.scores(), file.size()), scan.error(),
                ordinal -> file.score(ordinal, query));
    }

    /// A bound of the scores leaves entries out only when more are ranked than returned.
    @Test
    void theBestAreTheFirstOfAll() throws IOException {
        int size = 3_000;
        try (VectorFile file = file(size, Kind.NORMALISED, Kind.NEARLY_EQUAL)) {
            for (int i = 0; i < 20; i++) {
                DenseScores dense = DenseScores.exact(exact(file, query()));
                Entries entries = entries(size);
                RankingRules rules = new RankingRules(FusionKind.MINMAX, 60, i % 2 == 0 ? 0.2 : 0.6, WEIGHTS,
                        i % 4 == 0 ? HintWeights.NONE : HINTS);
                assertEquals(ranked(entries, dense, rules, size).subList(0, LIMIT), ranked(entries, dense, rules),
                        "query " + i);
            }
        }
    }

    private static List<ScoredEntry> ranked(Entries entries, DenseScores dense, RankingRules rules) {
        return ranked(entries, dense, rules, LIMIT);
    }

    private static List<ScoredEntry> ranked(Entries entries, DenseScores dense, RankingRules rules, int limit) {
        Hints hints = Hints.of(IndexHarness.query("When did Ada sail in May 1970?"), entries.scope(), entries,
                rules.hintWeights());
        return Fusion.rank(new Signals(entries.lexical(), dense, entries.scope(), entries, hints), rules, limit,
                (ordinal, shares) -> ScoredEntry.of(MemoryLayer.M0, new UUID(0, ordinal), List.of(), Optional.empty(),
                        shares));
    }

    /// Entries in sessions of ten, some out of scope and some with a matching term.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entries(float[] lexical, BitSet scope) implements Neighbours, Attributes {
        @Override
        public int previous(int ordinal) {
            return ordinal % 10 == 0 ? EntryTable.NONE : ordinal - 1;
        }

        @Override
        public int next(int ordinal) {
            return ordinal % 10 == 9 || ordinal + 1 == lexical.length ? EntryTable.NONE : ordinal + 1;
        }

        @Override
        public int session(int ordinal) {
            return ordinal / 10;
        }

        @Override
        public boolean isQuestion(int ordinal) {
            return ordinal % 3 == 0;
        }

        @Override
        public int length(int ordinal) {
            return ordinal % 17;
        }

        @Override
        public boolean statesTime(int ordinal) {
            return ordinal % 7 == 0;
        }

        @Override
        public long createdMicros(int ordinal) {
            return ordinal / 10 * 86_400_000_000L;
        }

        @Override
        public BitSet spokenBy(Predicate<String> label) {
            BitSet spoken = new BitSet();
            if (label.test("ada")) {
                spoken.set(0, lexical.length / 2);
            }
            return spoken;
        }
    }

    private Entries entries(int size) {
        float[] lexical = new float[size];
        BitSet scope = new BitSet();
        for (int i = 0; i < size; i++) {
            lexical[i] = random.nextInt(8) == 0 ? (float) random.nextDouble(5) : 0;
            scope.set(i, random.nextInt(10) > 0);
        }
        return new Entries(lexical, scope);
    }

    @Test
    void noScoreIsFurtherFromItsExactOneThanTheError() throws IOException {
        for (Kind kind : Kind.values()) {
            try (VectorFile file = file(300, kind)) {
                float[] query = query();
                Scan scan = file.scan(query);
                float[] exact = exact(file, query);
                for (int i = 0; i < exact.length; i++) {
                    assertTrue(exact[i] == scan.scores()[i] || Math.abs(exact[i] - scan.scores()[i]) <= scan.error(),
                            kind + ": " + exact[i] + " is not " + scan.scores()[i] + " within " + scan.error());
                }
            }
        }
    }

    @Test
    void componentsThatFillNoEightAreScanned() throws IOException {
        float[] vector = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        try (VectorFile file = VectorFile.open(folder, vector.length, 0)) {
            file.add(vector);
            Scan scan = file.scan(vector);
            assertEquals(650, scan.scores()[0], scan.error());
            assertTrue(scan.error() < 5, "error " + scan.error());
        }
    }

    @Test
    void onlyAFewOfManyScoresAreMadeExact() throws IOException {
        int size = 4_000;
        List<Integer> refined = new ArrayList<>();
        try (VectorFile file = file(size, Kind.NORMALISED)) {
            float[] query = query();
            Scan scan = file.scan(query);
            DenseScores dense = new DenseScores(scan.scores(), scan.error(), ordinal -> {
                refined.add(ordinal);
                return file.score(ordinal, query);
            });
            ranked(new Entries(new float[size], range(size)), dense,
                    new RankingRules(FusionKind.MINMAX, 60, 1, WEIGHTS, HintWeights.NONE));
        }
        assertFalse(refined.isEmpty());
        assertTrue(refined.size() < size / 10, refined.size() + " scores were made exact");
    }

    private static BitSet range(int size) {
        BitSet range = new BitSet();
        range.set(0, size);
        return range;
    }

    @Test
    void manyVectorsAreScannedLikeFew() throws IOException {
        try (VectorFile file = file(25_000, Kind.NORMALISED)) {
            float[] query = query();
            Scan scan = file.scan(query);
            float[] exact = exact(file, query);
            for (int i = 0; i < exact.length; i++) {
                assertEquals(exact[i], scan.scores()[i], scan.error());
            }
        }
    }
}
