package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;

/// Fuses the signals of each entry with those of its neighbours: `g[i] = f[i] + a f[i-1] + b f[i+1] + c m`, scaled to
/// 0..1, where `f` is the fused score of one entry alone, `i-1` and `i+1` are its neighbours in the session, and `m` is
/// the largest `f` of the session. Related messages are usually of one session, and an answer repeats few words of its
/// question, so `a` is larger after a question.
final class Fusion {
    private final Signals signals;
    private final RankingRules rules;
    private final NeighbourWeights weights;
    private final double scale;
    private final float[] lexical;
    private final float[] dense;
    private final float[] alone;
    private final float[] bestOfSession;

    /// Creates the entry of an ordinal with the shares of its score.
    @FunctionalInterface
    interface EntryFactory {
        ScoredEntry create(int ordinal, List<Share> shares);
    }

    private Fusion(Signals signals, RankingRules rules) {
        this.signals = signals;
        this.rules = rules;
        weights = rules.neighbourWeights();
        scale = weights.scale();
        boolean byRank = rules.fusion() == FusionKind.RRF;
        lexical = byRank ? reciprocal(signals.lexical(), 0) : normalised(signals.lexical(), 0);
        dense = byRank
                ? reciprocal(signals.dense(), Float.NEGATIVE_INFINITY)
                : normalised(signals.dense(), Float.POSITIVE_INFINITY);
        alone = new float[lexical.length];
        for (int i = first(); i >= 0; i = after(i)) {
            alone[i] = (float) (rules.denseWeight() * dense[i] + (1 - rules.denseWeight()) * lexical[i]);
        }
        bestOfSession = bestOfSession();
    }

    /// Returns the best entries, best first; entries of equal score in the order of their ordinals.
    ///
    /// @param limit maximum number of entries
    /// @param entries called once for each returned entry
    static List<ScoredEntry> rank(Signals signals, RankingRules rules, int limit, EntryFactory entries) {
        Fusion fusion = new Fusion(signals, rules);
        return fusion.best(limit).stream().sorted()
                .map(ordinal -> entries.create(ordinal, fusion.shares(ordinal)))
                .sorted(Comparator.comparingDouble(ScoredEntry::score).reversed()).toList();
    }

    /// Returns the best score of each session, by its number.
    private float[] bestOfSession() {
        float[] best = new float[64];
        for (int i = first(); i >= 0; i = after(i)) {
            int session = signals.neighbours().session(i);
            if (session >= best.length) {
                best = Arrays.copyOf(best, session * 2);
            }
            best[session] = Math.max(best[session], alone[i]);
        }
        return best;
    }

    private int first() {
        return signals.scope().nextSetBit(0);
    }

    private int after(int ordinal) {
        return signals.scope().nextSetBit(ordinal + 1);
    }

    /// Min-max normalisation: the smallest value maps to 0, the largest to 1.
    ///
    /// @param floor upper bound of the minimum: 0 for BM25, which is 0 where no term matches
    private float[] normalised(float[] values, float floor) {
        float min = floor;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = first(); i >= 0; i = after(i)) {
            if (!Float.isNaN(values[i])) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
        }
        float[] normalised = new float[values.length];
        for (int i = first(); i >= 0; i = after(i)) {
            if (!Float.isNaN(values[i])) {
                // A constant score maps to 1, or to 0 when absent.
                normalised[i] = max > min ? (values[i] - min) / (max - min) : floor > 0 ? 1 : 0;
            }
        }
        return normalised;
    }

    /// Reciprocal ranks (Cormack, Clarke, Büttcher 2009), scaled so that the first is 1.
    ///
    /// @param floor values up to this one have no rank and map to 0
    private float[] reciprocal(float[] values, float floor) {
        Integer[] order = signals.scope().stream().filter(i -> values[i] > floor).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> values[i]).reversed());
        float[] ranks = new float[values.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = (rules.rrfK() + 1f) / (rules.rrfK() + 1f + rank);
        }
        return ranks;
    }

    /// Returns the ordinals of the best entries, in no particular order.
    private Collection<Integer> best(int limit) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.<Integer>comparingDouble(this::score)
                .thenComparing(Comparator.reverseOrder()));
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = first(); i >= 0; i = after(i)) {
            double score = score(i);
            if (isCandidate(i) && (best.size() < limit || score > worst)) {
                best.add(i);
                if (best.size() > limit) {
                    best.remove();
                }
                worst = score(best.element());
            }
        }
        return best;
    }

    /// Entries with neither a score nor a scored neighbour are dropped.
    private boolean isCandidate(int ordinal) {
        return local(ordinal) > 0 || signals.lexical()[ordinal] > 0 || !Float.isNaN(signals.dense()[ordinal]);
    }

    /// Returns the scaled score of an entry.
    private double score(int ordinal) {
        return (local(ordinal) + weights.session() * bestOfSession[signals.neighbours().session(ordinal)]) * scale;
    }

    /// Returns the score of an entry and of its neighbours, before scaling.
    private double local(int ordinal) {
        int before = signals.neighbours().previous(ordinal);
        return alone[ordinal] + weightOf(before) * neighbour(before)
                + weights.next() * neighbour(signals.neighbours().next(ordinal));
    }

    private double weightOf(int previous) {
        return previous >= 0 && signals.neighbours().isQuestion(previous) ? weights.question() : weights.previous();
    }

    private double neighbour(int ordinal) {
        return ordinal >= 0 && signals.scope().get(ordinal) ? alone[ordinal] : 0;
    }

    /// Returns the contribution of each signal to the score of an entry.
    private List<Share> shares(int ordinal) {
        int previous = signals.neighbours().previous(ordinal);
        double before = neighbour(previous);
        double after = neighbour(signals.neighbours().next(ordinal));
        double session = bestOfSession[signals.neighbours().session(ordinal)];
        float cosine = signals.dense()[ordinal];
        return List.of(
                share(Signal.BM25, signals.lexical()[ordinal], lexical[ordinal], 1 - rules.denseWeight()),
                share(Signal.DENSE, Float.isNaN(cosine) ? 0 : cosine, dense[ordinal], rules.denseWeight()),
                share(Signal.PREVIOUS, before, before, weightOf(previous)),
                share(Signal.NEXT, after, after, weights.next()),
                share(Signal.SESSION, session, session, weights.session()));
    }

    private Share share(Signal signal, double raw, double scaled, double weight) {
        return new Share(signal, raw, scaled, weight * scale, scaled * weight * scale);
    }
}
