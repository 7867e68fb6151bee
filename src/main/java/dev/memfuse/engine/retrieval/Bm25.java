package dev.memfuse.engine.retrieval;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.words.Word;

/// BM25 (Robertson, Walker 1994) with k1 0.9 and b 0.4, the usual values for passages (Trotman, Jia, Crane 2012), over
/// every entry that contains a word. The inverse document frequency is squared, as in the cosine of two vectors that
/// are both weighted by it (Salton, Buckley 1988): otherwise the frequent words of a question together outweigh its one
/// rare word.
///
/// The statistics cover the live entries of one layer of one user. A word that matches with other accents only,
/// or within a compound, is the same word to the statistics, and scores less.
final class Bm25 {
    private static final double K1 = 0.9;
    private static final double B = 0.4;
    /// Factor of such a weak match: however often the word occurs, it scores less than one exact occurrence
    /// in an entry of the same length.
    private static final double WEAK = 0.5;

    private final EntryTable entries;
    private final WordMatches matches;

    Bm25(EntryTable entries, List<? extends TermSource> sources) {
        this.entries = entries;
        this.matches = new WordMatches(entries, sources);
    }

    /// Returns scores by ordinal; 0 where no word matches.
    float[] scores(Collection<Word> words, Collection<MemoryLayer> layers) {
        float[] scores = new float[entries.size()];
        for (MemoryLayer layer : layers) {
            int live = entries.live(layer);
            double averageLength = live == 0 ? 1 : Math.max(1.0, (double) entries.terms(layer) / live);
            double normOfTerm = K1 * B / averageLength;
            for (Word word : Set.copyOf(words)) {
                int found = matches.find(layer, word);
                double idf = Math.log(1 + (live - found + 0.5) / (found + 0.5));
                double exact = idf * idf * (K1 + 1);
                for (int i = 0; i < found; i++) {
                    int ordinal = matches.ordinal(i);
                    double frequency = matches.frequency(i);
                    double weight = matches.isExact(i) ? exact : WEAK * exact;
                    scores[ordinal] += (float) (weight * frequency
                            / (frequency + K1 * (1 - B) + normOfTerm * entries.length(ordinal)));
                }
            }
        }
        return scores;
    }
}
