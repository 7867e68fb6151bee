package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.memfuse.engine.MemoryLayer;

/// BM25 (Robertson, Walker 1994) with k1 0.9 and b 0.4, the usual values for passages (Trotman, Jia, Crane 2012), over
/// every entry that contains a term. The rarity of a term counts twice, as in the cosine of two vectors that are both
/// weighted by it (Salton, Buckley 1988): the names and small words of a question, which stand in every second turn,
/// would otherwise outweigh in sum the one word that it is about.
///
/// The statistics are of the user's live entries of one layer: what was removed, and what other users have, does not
/// count.
final class Bm25 {
    private static final double K1 = 0.9;
    private static final double B = 0.4;

    private final EntryTable catalog;
    private final List<? extends TermSource> sources;
    private int[] ordinals = new int[256];
    private int[] frequencies = new int[256];
    private int found;

    Bm25(EntryTable catalog, List<? extends TermSource> sources) {
        this.catalog = catalog;
        this.sources = sources;
    }

    /// Scores by ordinal; 0 where no term is.
    float[] scores(Collection<String> terms, Collection<MemoryLayer> layers) {
        float[] scores = new float[catalog.size()];
        for (MemoryLayer layer : layers) {
            int live = catalog.live(layer);
            double averageLength = live == 0 ? 1 : Math.max(1.0, (double) catalog.terms(layer) / live);
            for (String term : terms) {
                collect(layer, term);
                double idf = Math.log(1 + (live - found + 0.5) / (found + 0.5));
                for (int i = 0; i < found; i++) {
                    double frequency = frequencies[i];
                    scores[ordinals[i]] += (float) (idf * idf * frequency * (K1 + 1) / (frequency
                            + K1 * (1 - B + B * catalog.length(ordinals[i]) / averageLength)));
                }
            }
        }
        return scores;
    }

    private void collect(MemoryLayer layer, String term) {
        found = 0;
        for (TermSource source : sources) {
            source.collect(layer, term, this::take);
        }
    }

    private void take(int ordinal, int frequency) {
        if (catalog.isLive(ordinal)) {
            if (found == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, found * 2);
                frequencies = Arrays.copyOf(frequencies, found * 2);
            }
            ordinals[found] = ordinal;
            frequencies[found++] = frequency;
        }
    }
}
