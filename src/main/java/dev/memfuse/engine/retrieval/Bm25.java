package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.memfuse.engine.MemoryLayer;

/// BM25 (Robertson, Walker 1994) with k1 0.9 and b 0.4, the usual values for passages (Trotman, Jia, Crane 2012), over
/// every entry that contains a term. The inverse document frequency is squared, as in the cosine of two vectors that
/// are both weighted by it (Salton, Buckley 1988): otherwise the frequent words of a question together outweigh its one
/// rare word.
///
/// The statistics cover the live entries of one layer of one user.
final class Bm25 {
    private static final double K1 = 0.9;
    private static final double B = 0.4;

    private final EntryTable entries;
    private final List<? extends TermSource> sources;
    private int[] ordinals = new int[256];
    private int[] frequencies = new int[256];
    private int found;

    Bm25(EntryTable entries, List<? extends TermSource> sources) {
        this.entries = entries;
        this.sources = sources;
    }

    /// Returns scores by ordinal; 0 where no term matches.
    float[] scores(Collection<String> terms, Collection<MemoryLayer> layers) {
        float[] scores = new float[entries.size()];
        for (MemoryLayer layer : layers) {
            int live = entries.live(layer);
            double averageLength = live == 0 ? 1 : Math.max(1.0, (double) entries.terms(layer) / live);
            for (String term : terms) {
                collect(layer, term);
                double idf = Math.log(1 + (live - found + 0.5) / (found + 0.5));
                for (int i = 0; i < found; i++) {
                    double frequency = frequencies[i];
                    scores[ordinals[i]] += (float) (idf * idf * frequency * (K1 + 1) / (frequency
                            + K1 * (1 - B + B * entries.length(ordinals[i]) / averageLength)));
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
        if (entries.isLive(ordinal)) {
            if (found == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, found * 2);
                frequencies = Arrays.copyOf(frequencies, found * 2);
            }
            ordinals[found] = ordinal;
            frequencies[found++] = frequency;
        }
    }
}
