package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/// Terms and vectors of all messages of one user, stored or buffered. Exact: every message is scored, so no other
/// user's data and no approximation costs recall.
///
/// Lexical score: BM25 (Robertson, Walker 1994) with k1 1.2 and b 0.75. Dense score: cosine of normalised vectors.
/// Fusion: each signal normalised to 0..1 over the user's messages, then averaged.
///
/// Thread-safe: every method holds the index for the time of its computation only, never across a model call.
public final class UserIndex {
    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final double DENSE_WEIGHT = 0.5;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<UUID, Integer> places = new HashMap<>();
    private final Map<String, Postings> postings = new HashMap<>();
    private long totalTerms;
    private int live;

    /// A ranked message.
    ///
    /// @param score 0..1
    /// @param dense normalised share of meaning
    /// @param lexical normalised share of words
    public record Ranked(UUID messageId, double score, double dense, double lexical) {}

    /// A text that has no vector yet.
    public record Unembedded(UUID messageId, String text) {}

    private static final class Entry {
        private final UUID id;
        private final int length;
        private @Nullable String text;
        private float @Nullable [] vector;
        private boolean removed;

        Entry(UUID id, String text, int length) {
            this.id = id;
            this.text = text;
            this.length = length;
        }
    }

    /// Adds a message; one that is known already is left as it is.
    public void add(UUID id, String text) {
        Map<String, Integer> terms = Terms.count(text);
        synchronized (this) {
            if (places.containsKey(id)) {
                return;
            }
            int length = terms.values().stream().mapToInt(Integer::intValue).sum();
            int place = entries.size();
            entries.add(new Entry(id, text, length));
            places.put(id, place);
            totalTerms += length;
            live++;
            terms.forEach((term, count) -> postings.computeIfAbsent(term, _ -> new Postings()).add(place, count));
        }
    }

    /// Gives messages their vector; unknown messages are ignored.
    public synchronized void vector(Collection<UUID> ids, float[] vector) {
        for (UUID id : ids) {
            Integer place = places.get(id);
            if (place != null) {
                Entry entry = entries.get(place);
                entry.vector = vector;
                entry.text = null;
            }
        }
    }

    /// Forgets messages; unknown ones are ignored.
    public synchronized void remove(Collection<UUID> ids) {
        for (UUID id : ids) {
            Integer place = places.remove(id);
            if (place != null) {
                Entry entry = entries.get(place);
                entry.removed = true;
                entry.vector = null;
                entry.text = null;
                totalTerms -= entry.length;
                live--;
            }
        }
    }

    /// Messages known.
    public synchronized int size() {
        return live;
    }

    /// Messages without a vector that a query should not miss: the best by words, then the newest.
    ///
    /// @param byWords at most so many of the first sort
    /// @param newest at most so many of the second
    public synchronized List<Unembedded> candidates(String query, int byWords, int newest) {
        double[] lexical = lexical(query);
        List<Unembedded> found = new ArrayList<>();
        IntStream.range(0, lexical.length).filter(i -> lexical[i] > 0 && entries.get(i).text != null).boxed()
                .sorted(Comparator.comparingDouble(i -> -lexical[i])).limit(byWords).forEach(i -> take(i, found));
        int recent = 0;
        for (int i = entries.size() - 1; i >= 0 && recent < newest; i--) {
            Entry entry = entries.get(i);
            if (!entry.removed) {
                recent++;
                if (entry.text != null && lexical[i] == 0) {
                    take(i, found);
                }
            }
        }
        return found;
    }

    private void take(int place, List<Unembedded> found) {
        Entry entry = entries.get(place);
        if (entry.text != null) {
            found.add(new Unembedded(entry.id, entry.text));
        }
    }

    /// The best messages for a query, best first.
    ///
    /// @param queryVector normalised
    public synchronized List<Ranked> search(String query, float[] queryVector, int topK) {
        double[] lexical = lexical(query);
        double maxLexical = Arrays.stream(lexical).max().orElse(0);
        double[] dense = new double[entries.size()];
        double minDense = Double.POSITIVE_INFINITY;
        double maxDense = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < dense.length; i++) {
            float[] vector = entries.get(i).vector;
            dense[i] = vector == null ? Double.NaN : dot(vector, queryVector);
            if (vector != null) {
                minDense = Math.min(minDense, dense[i]);
                maxDense = Math.max(maxDense, dense[i]);
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < dense.length; i++) {
            if (!entries.get(i).removed && (lexical[i] > 0 || !Double.isNaN(dense[i]))) {
                double meaning = Double.isNaN(dense[i]) ? 0 : normalise(dense[i], minDense, maxDense);
                double words = maxLexical == 0 ? 0 : lexical[i] / maxLexical;
                ranked.add(new Ranked(entries.get(i).id, DENSE_WEIGHT * meaning + (1 - DENSE_WEIGHT) * words, meaning,
                        words));
            }
        }
        ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
        return List.copyOf(ranked.subList(0, Math.min(topK, ranked.size())));
    }

    /// A single message with a vector is as near as can be said; it counts fully.
    private static double normalise(double value, double min, double max) {
        return max > min ? (value - min) / (max - min) : 1;
    }

    private double[] lexical(String query) {
        double[] scores = new double[entries.size()];
        double averageLength = live == 0 ? 1 : Math.max(1.0, (double) totalTerms / live);
        Terms.count(query).keySet().forEach(term -> {
            Postings found = postings.get(term);
            if (found != null) {
                int holders = liveHolders(found);
                double idf = Math.log(1 + (live - holders + 0.5) / (holders + 0.5));
                for (int i = 0; i < found.size(); i++) {
                    Entry entry = entries.get(found.entry(i));
                    if (!entry.removed) {
                        double frequency = found.frequency(i);
                        scores[found.entry(i)] += idf * frequency * (K1 + 1)
                                / (frequency + K1 * (1 - B + B * entry.length / averageLength));
                    }
                }
            }
        });
        return scores;
    }

    /// Removed messages stay in the postings and must not count.
    private int liveHolders(Postings found) {
        int holders = 0;
        for (int i = 0; i < found.size(); i++) {
            holders += entries.get(found.entry(i)).removed ? 0 : 1;
        }
        return holders;
    }

    private static double dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
