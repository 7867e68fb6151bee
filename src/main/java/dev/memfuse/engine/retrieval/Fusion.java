package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;

/// Fuses the signals of each entry with those of its neighbours: `g[i] = f[i] + a f[i-1] + b f[i+1] + c (f[i-2] +
/// f[i+2]) + d m + h[i]`, scaled to 0..1, where `f` is the fused score of one entry alone, `i-1` and `i+1` are its
/// neighbours in the session, `m` is the largest `f` of the session, and `h` is the sum of its [Hints]. Related
/// messages are usually of one session, and an answer repeats few words of its question, so `a` is larger after a
/// question.
///
/// Vector scores may be approximate. Those that decide which entries are the best are made exact, so the result is the
/// one of exact scores: the extremes first, then every entry whose score may reach that of the last one returned, with
/// its neighbours and what may be the best of its session.
final class Fusion {
    /// Bound of the rounding of a fused score.
    private static final double ROUNDING = 1e-6;

    private final Signals signals;
    private final RankingRules rules;
    private final NeighbourWeights weights;
    private final double scale;
    private final Part lexical;
    private final Part dense;
    private final float[] alone;
    private final float[] bestOfSession;
    /// Largest possible difference of a score to the exact one; not a finite number when it is unknown.
    private final double error;

    /// Creates the entry of an ordinal with the shares of its score.
    @FunctionalInterface
    interface EntryFactory {
        ScoredEntry create(int ordinal, List<Share> shares);
    }

    /// A signal scaled to 0..1.
    @FunctionalInterface
    private interface Part {
        float of(int ordinal);
    }

    /// A signal as it is.
    @FunctionalInterface
    private interface Raw {
        float of(int ordinal);
    }

    private Fusion(Signals signals, RankingRules rules) {
        this.signals = signals;
        this.rules = rules;
        weights = rules.neighbourWeights();
        scale = 1 / (weights.sum() + signals.hints().weight());
        float[] terms = signals.lexical();
        if (rules.fusion() == FusionKind.RRF) {
            // A rank depends on all scores.
            signals.scope().stream().forEach(signals.dense()::refine);
            lexical = reciprocal(ordinal -> terms[ordinal], 0);
            dense = reciprocal(signals.dense()::get, Float.NEGATIVE_INFINITY);
            error = 0;
        } else {
            lexical = normalised(Range.of(signals.scope(), ordinal -> terms[ordinal], 0), ordinal -> terms[ordinal], 0);
            Range range = exactRange();
            dense = normalised(range, signals.dense()::get, Float.POSITIVE_INFINITY);
            error = signals.dense().error() == 0
                    ? 0
                    : rules.denseWeight() * signals.dense().error() / range.width() + ROUNDING;
        }
        alone = new float[terms.length];
        for (int i = first(); i >= 0; i = after(i)) {
            alone[i] = alone(i);
        }
        bestOfSession = bestOfSession();
    }

    private float alone(int ordinal) {
        return (float) (rules.denseWeight() * dense.of(ordinal) + (1 - rules.denseWeight()) * lexical.of(ordinal));
    }

    /// Returns the best entries, best first; entries of equal score in the order of their ordinals.
    ///
    /// @param limit maximum number of entries
    /// @param entries called once for each returned entry
    static List<ScoredEntry> rank(Signals signals, RankingRules rules, int limit, EntryFactory entries) {
        Fusion fusion = new Fusion(signals, rules);
        return fusion.exactBest(limit).stream().sorted()
                .map(ordinal -> entries.create(ordinal, fusion.shares(ordinal)))
                .sorted(Comparator.comparingDouble(ScoredEntry::score).reversed()).toList();
    }

    /// Smallest and largest value of a signal.
    private record Range(float min, float max) {

        /// @param floor upper bound of the minimum
        static Range of(BitSet scope, Raw raw, float floor) {
            float min = floor;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = scope.nextSetBit(0); i >= 0; i = scope.nextSetBit(i + 1)) {
                float value = raw.of(i);
                if (value < min) {
                    min = value;
                }
                if (value > max) {
                    max = value;
                }
            }
            return new Range(min, max);
        }

        float width() {
            return max - min;
        }
    }

    /// Returns the range of the exact vector scores.
    private Range exactRange() {
        DenseScores scores = signals.dense();
        Range range = Range.of(signals.scope(), scores::get, Float.POSITIVE_INFINITY);
        if (scores.error() == 0) {
            return range;
        }
        float low = range.min() + 2 * scores.error();
        float high = range.max() - 2 * scores.error();
        BitSet extremes = new BitSet();
        for (int i = first(); i >= 0; i = after(i)) {
            float value = scores.get(i);
            // Negated: an unknown error makes everything exact.
            if (!(value > low && value < high) && scores.isPresent(i)) {
                scores.refine(i);
                extremes.set(i);
            }
        }
        return Range.of(extremes, scores::get, Float.POSITIVE_INFINITY);
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
    private static Part normalised(Range range, Raw raw, float floor) {
        float min = range.min();
        float width = range.max() - min;
        // A constant score maps to 1, or to 0 when absent.
        float constant = floor > 0 ? 1 : 0;
        boolean varies = range.max() > min;
        return ordinal -> {
            float value = raw.of(ordinal);
            return Float.isNaN(value) ? 0 : varies ? (value - min) / width : constant;
        };
    }

    /// Reciprocal ranks (Cormack, Clarke, Büttcher 2009), scaled so that the first is 1.
    ///
    /// @param floor values up to this one have no rank and map to 0
    private Part reciprocal(Raw raw, float floor) {
        Integer[] order = signals.scope().stream().filter(i -> raw.of(i) > floor).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> raw.of(i)).reversed());
        float[] ranks = new float[signals.lexical().length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = (rules.rrfK() + 1f) / (rules.rrfK() + 1f + rank);
        }
        return ordinal -> ranks[ordinal];
    }

    /// Returns the ordinals of the entries that are the best by their exact scores, in no particular order.
    private Collection<Integer> exactBest(int limit) {
        double[] scores = new double[alone.length];
        BitSet candidates = new BitSet(scores.length);
        for (int i = first(); i >= 0; i = after(i)) {
            double local = local(i);
            if (isCandidate(i, local)) {
                scores[i] = score(i, local);
                candidates.set(i);
            }
        }
        Collection<Integer> best = best(candidates, scores, limit);
        if (error == 0 || best.isEmpty()) {
            return best;
        }
        double worst = best.stream().mapToDouble(i -> scores[i]).min().orElseThrow();
        boolean all = best.size() < limit;
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (!all && scores[i] < worst - 2 * error) {
                candidates.clear(i);
            }
        }
        refineAround(candidates);
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            scores[i] = score(i, local(i));
        }
        return best(candidates, scores, limit);
    }

    /// Makes the scores exact that those of some entries consist of.
    private void refineAround(BitSet ordinals) {
        BitSet needed = (BitSet) ordinals.clone();
        BitSet sessions = new BitSet();
        for (int i = ordinals.nextSetBit(0); i >= 0; i = ordinals.nextSetBit(i + 1)) {
            include(previous(i), needed);
            include(previous(previous(i)), needed);
            include(next(i), needed);
            include(next(next(i)), needed);
            sessions.set(signals.neighbours().session(i));
        }
        for (int i = first(); i >= 0; i = after(i)) {
            int session = signals.neighbours().session(i);
            if (!(alone[i] < bestOfSession[session] - 2 * error) && sessions.get(session)) {
                needed.set(i);
            }
        }
        sessions.stream().forEach(session -> bestOfSession[session] = 0);
        for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
            if (signals.dense().refine(i)) {
                alone[i] = alone(i);
            }
            int session = signals.neighbours().session(i);
            bestOfSession[session] = Math.max(bestOfSession[session], alone[i]);
        }
    }

    private void include(int ordinal, BitSet in) {
        if (ordinal >= 0 && signals.scope().get(ordinal)) {
            in.set(ordinal);
        }
    }

    /// Returns the best of some entries, in no particular order.
    private static Collection<Integer> best(BitSet candidates, double[] scores, int limit) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.<Integer>comparingDouble(i -> scores[i])
                .thenComparing(Comparator.reverseOrder()));
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (best.size() < limit || scores[i] > worst) {
                best.add(i);
                if (best.size() > limit) {
                    best.remove();
                }
                worst = scores[best.element()];
            }
        }
        return best;
    }

    /// Entries with neither a score nor a scored neighbour are dropped.
    private boolean isCandidate(int ordinal, double local) {
        return local > 0 || signals.lexical()[ordinal] > 0 || signals.dense().isPresent(ordinal);
    }

    /// Returns the scaled score of an entry.
    private double score(int ordinal, double local) {
        return (local + weights.session() * bestOfSession[signals.neighbours().session(ordinal)]
                + signals.hints().sum(ordinal)) * scale;
    }

    /// Returns the score of an entry and of its neighbours, before scaling.
    private double local(int ordinal) {
        int before = previous(ordinal);
        int after = next(ordinal);
        return alone[ordinal] + weightOf(before) * neighbour(before) + weights.next() * neighbour(after)
                + weights.second() * (neighbour(previous(before)) + neighbour(next(after)));
    }

    private int previous(int ordinal) {
        return ordinal < 0 ? EntryTable.NONE : signals.neighbours().previous(ordinal);
    }

    private int next(int ordinal) {
        return ordinal < 0 ? EntryTable.NONE : signals.neighbours().next(ordinal);
    }

    private double weightOf(int previous) {
        return previous >= 0 && signals.neighbours().isQuestion(previous) ? weights.question() : weights.previous();
    }

    private double neighbour(int ordinal) {
        return ordinal >= 0 && signals.scope().get(ordinal) ? alone[ordinal] : 0;
    }

    /// Returns the contribution of each signal to the score of an entry.
    private List<Share> shares(int ordinal) {
        int previous = previous(ordinal);
        double before = neighbour(previous);
        double after = neighbour(next(ordinal));
        double second = neighbour(previous(previous)) + neighbour(next(next(ordinal)));
        double session = bestOfSession[signals.neighbours().session(ordinal)];
        float cosine = signals.dense().get(ordinal);
        List<Share> shares = new ArrayList<>(List.of(
                share(Signal.BM25, signals.lexical()[ordinal], lexical.of(ordinal), 1 - rules.denseWeight()),
                share(Signal.DENSE, Float.isNaN(cosine) ? 0 : cosine, dense.of(ordinal), rules.denseWeight()),
                share(Signal.PREVIOUS, before, before, weightOf(previous)),
                share(Signal.NEXT, after, after, weights.next()),
                share(Signal.SECOND, second, second / 2, 2 * weights.second()),
                share(Signal.SESSION, session, session, weights.session())));
        signals.hints().each(ordinal,
                (signal, value, weight) -> shares.add(share(signal, value, value, weight)));
        return List.copyOf(shares);
    }

    private Share share(Signal signal, double raw, double scaled, double weight) {
        return new Share(signal, raw, scaled, weight * scale, scaled * weight * scale);
    }
}
