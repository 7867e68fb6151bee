package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.retrieval.ScaledSignal.Range;

/// Fuses the signals of each entry with those of its neighbours: `g[i] = f[i] + a f[i-1] + b f[i+1] + c m +
/// h[i]`, scaled to 0..1, where `f` is the fused score of one entry alone, `i-1` and `i+1` are its neighbours in the
/// session, `m` is the largest `f` of the session, and `h` is the weighted sum of its [Hints]. Related messages are
/// usually of one session, and an answer repeats few words of its question, so `a` is larger after a question.
///
/// Vector scores may be approximate. Those that decide which entries are the best are made exact, so the result is the
/// one of exact scores: the extremes first, then every entry whose score may reach that of the last one returned, with
/// its neighbours and what may be the best of its session.
///
/// Each pass reads arrays in the order of the ordinals and calls no function that varies, and an upper bound of its
/// score drops most entries before all of their hints are read: the passes cost more than the scan of the vectors
/// otherwise.
final class Fusion {
    /// Bound of the rounding of a fused score.
    private static final double ROUNDING = 1e-6;

    private final Signals signals;
    private final RankingRules rules;
    private final NeighbourWeights weights;
    private final double scale;
    private final FusionBase base;
    private final int[] runs;
    private final ScaledSignal dense;
    /// Fused score of each entry alone; 0 out of scope.
    private final float[] alone;
    /// Best score of each session, by its number.
    private float[] bestOfSession = new float[64];
    /// Largest possible difference of a score to the exact one; not a finite number when it is unknown.
    private final double error;

    /// Creates the entry of an ordinal with the shares of its score.
    @FunctionalInterface
    interface EntryFactory {
        ScoredEntry create(int ordinal, List<Share> shares);
    }

    private Fusion(Signals signals, FusionBase base, RankingRules rules) {
        this.signals = signals;
        this.base = base;
        this.rules = rules;
        weights = rules.neighbourWeights();
        scale = 1 / (weights.sum() + signals.hints().weight());
        runs = base.runs();
        DenseScores scores = signals.dense();
        if (rules.fusion() == FusionKind.RRF) {
            // A rank depends on all scores.
            int[] ordinals = signals.scope().stream().toArray();
            Arrays.stream(ordinals).forEach(scores::refine);
            dense = ScaledSignal.reciprocal(scores.values(), ordinals, Float.NEGATIVE_INFINITY, rules.rrfK());
            error = 0;
        } else {
            // A constant vector score is a perfect one.
            Range range = exactRange();
            dense = ScaledSignal.normalised(scores.values(), range, 1);
            error = scores.error() == 0 ? 0 : rules.denseWeight() * scores.error() / range.width() + ROUNDING;
        }
        alone = new float[signals.lexical().length];
        for (int run = 0; run < runs.length; run += 2) {
            score(runs[run], runs[run + 1]);
        }
    }

    /// Scores the entries of a run alone.
    private void score(int from, int end) {
        dense.addScaled(rules.denseWeight(), base.byWords(), from, end, alone);
        for (int i = from; i < end; i++) {
            int session = signals.neighbours().session(i);
            if (session >= bestOfSession.length) {
                bestOfSession = Arrays.copyOf(bestOfSession, session * 2);
            }
            raise(session, alone[i]);
        }
    }

    /// A comparison, since a maximum that is written each time waits for the write before it.
    private void raise(int session, float score) {
        if (score > bestOfSession[session]) {
            bestOfSession[session] = score;
        }
    }

    /// Returns the best entries, best first; entries of equal score in the order of their ordinals.
    ///
    /// @param limit maximum number of entries
    /// @param entries called once for each returned entry
    static List<ScoredEntry> rank(Signals signals, RankingRules rules, int limit, EntryFactory entries) {
        return rank(signals, FusionBase.of(signals.lexical(), signals.scope(), signals.hints(), rules), rules, limit,
                entries);
    }

    /// Returns the same when a part is already computed.
    ///
    /// @param base of the same words, scope, hints and rules
    static List<ScoredEntry> rank(Signals signals, FusionBase base, RankingRules rules, int limit,
            EntryFactory entries) {
        Fusion fusion = new Fusion(signals, base, rules);
        return fusion.exactBest(limit).sorted()
                .mapToObj(ordinal -> entries.create(ordinal, fusion.shares(ordinal)))
                .sorted(Comparator.comparingDouble(ScoredEntry::score).reversed()).toList();
    }

    /// Returns the range of the exact vector scores.
    private Range exactRange() {
        DenseScores scores = signals.dense();
        Range range = Range.of(runs, scores.values(), Float.POSITIVE_INFINITY);
        if (scores.error() == 0) {
            return range;
        }
        float low = range.min() + 2 * scores.error();
        float high = range.max() - 2 * scores.error();
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int run = 0; run < runs.length; run += 2) {
            for (int i = runs[run]; i < runs[run + 1]; i++) {
                float value = scores.get(i);
                // Negated: an unknown error makes everything exact.
                if (!(value > low && value < high) && scores.isPresent(i)) {
                    scores.refine(i);
                    min = scores.get(i) < min ? scores.get(i) : min;
                    max = scores.get(i) > max ? scores.get(i) : max;
                }
            }
        }
        return new Range(min, max);
    }

    /// Returns the ordinals of the entries that are the best by their exact scores, in no particular order.
    private IntStream exactBest(int limit) {
        BestEntries best = new BestEntries(limit, 2 * error);
        for (int run = 0; run < runs.length; run += 2) {
            addBest(runs[run], runs[run + 1], best);
        }
        if (error == 0) {
            return best.ordinals();
        }
        int[] near = best.near();
        refineAround(near);
        BestEntries exact = new BestEntries(limit, 0);
        for (int i : near) {
            exact.add(i, score(i, local(i)));
        }
        return exact.ordinals();
    }

    private void addBest(int from, int end, BestEntries best) {
        for (int i = nextNear(from, end, best.lowest()); i < end; i = nextNear(i + 1, end, best.lowest())) {
            double local = local(i);
            if (isCandidate(i, local)) {
                best.add(i, score(i, local));
            }
        }
    }

    /// Returns the first entry of a part of a run whose score may reach a score, or `end`. A loop without calls or
    /// writes, so that the compiler reads all fields before it.
    private int nextNear(int from, int end, double lowest) {
        double largestPrevious = Math.max(weights.previous(), weights.question());
        float[] hintBounds = base.hintBounds();
        for (int i = from; i < end; i++) {
            // Not below the score, since each summand is not below that of the score.
            double bound = score(i, local(i, signals.neighbours().previous(i), largestPrevious),
                    hintBounds[i]);
            // Negated: with an unknown error every entry is near.
            if (!(bound < lowest)) {
                return i;
            }
        }
        return end;
    }

    /// Makes the scores exact that those of some entries consist of.
    private void refineAround(int[] candidates) {
        BitSet needed = new BitSet(alone.length);
        // Score of an entry of a session from which on it may be the best of it.
        double[] lowest = new double[bestOfSession.length];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        for (int i : candidates) {
            needed.set(i);
            include(signals.neighbours().previous(i), needed);
            include(signals.neighbours().next(i), needed);
            int session = signals.neighbours().session(i);
            lowest[session] = bestOfSession[session] - 2 * error;
        }
        double lowestOfAll = Arrays.stream(lowest).min().orElse(Double.POSITIVE_INFINITY);
        for (int run = 0; run < runs.length; run += 2) {
            int end = runs[run + 1];
            for (int i = nextAlone(runs[run], end, lowestOfAll); i < end; i = nextAlone(i + 1, end, lowestOfAll)) {
                // Negated: an unknown error makes everything exact.
                if (!(alone[i] < lowest[signals.neighbours().session(i)])) {
                    needed.set(i);
                }
            }
        }
        for (int i : candidates) {
            bestOfSession[signals.neighbours().session(i)] = 0;
        }
        for (int i = needed.nextSetBit(0); i >= 0; i = needed.nextSetBit(i + 1)) {
            if (signals.dense().refine(i)) {
                dense.addScaled(rules.denseWeight(), base.byWords(), i, i + 1, alone);
            }
            raise(signals.neighbours().session(i), alone[i]);
        }
    }

    /// Returns the first entry of a part of a run whose score alone is not below a score, or `end`.
    private int nextAlone(int from, int end, double lowest) {
        for (int i = from; i < end; i++) {
            if (!(alone[i] < lowest)) {
                return i;
            }
        }
        return end;
    }

    private void include(int ordinal, BitSet in) {
        if (ordinal >= 0 && signals.scope().get(ordinal)) {
            in.set(ordinal);
        }
    }

    /// Entries with neither a score nor a scored neighbour are dropped.
    private boolean isCandidate(int ordinal, double local) {
        return local > 0 || signals.lexical()[ordinal] > 0 || signals.dense().isPresent(ordinal);
    }

    /// Returns the scaled score of an entry.
    private double score(int ordinal, double local) {
        return score(ordinal, local, signals.hints().sum(ordinal));
    }

    private double score(int ordinal, double local, double hints) {
        return (local + weights.session() * bestOfSession[signals.neighbours().session(ordinal)] + hints) * scale;
    }

    /// Returns the score of an entry and of its neighbours, before scaling.
    private double local(int ordinal) {
        int before = signals.neighbours().previous(ordinal);
        return local(ordinal, before, weightOf(before));
    }

    private double local(int ordinal, int before, double weightBefore) {
        return alone[ordinal] + weightBefore * neighbour(before)
                + weights.next() * neighbour(signals.neighbours().next(ordinal));
    }

    private double weightOf(int previous) {
        return previous >= 0 && signals.neighbours().isQuestion(previous) ? weights.question() : weights.previous();
    }

    private double neighbour(int ordinal) {
        // An entry that was added after the terms were matched is not scored.
        return ordinal >= 0 && ordinal < alone.length ? alone[ordinal] : 0;
    }

    /// Returns the contribution of each signal to the score of an entry.
    private List<Share> shares(int ordinal) {
        int previous = signals.neighbours().previous(ordinal);
        double before = neighbour(previous);
        double after = neighbour(signals.neighbours().next(ordinal));
        double session = bestOfSession[signals.neighbours().session(ordinal)];
        float cosine = signals.dense().get(ordinal);
        List<Share> shares = new ArrayList<>(List.of(
                share(Signal.BM25, signals.lexical()[ordinal], base.lexical().of(ordinal), 1 - rules.denseWeight()),
                share(Signal.DENSE, Float.isNaN(cosine) ? 0 : cosine, dense.of(ordinal), rules.denseWeight()),
                share(Signal.PREVIOUS, before, before, weightOf(previous)),
                share(Signal.NEXT, after, after, weights.next()),
                share(Signal.SESSION, session, session, weights.session())));
        signals.hints().each(ordinal, (signal, value, weight) -> shares.add(share(signal, value, value, weight)));
        return List.copyOf(shares);
    }

    private Share share(Signal signal, double raw, double scaled, double weight) {
        return new Share(signal, raw, scaled, weight * scale, scaled * weight * scale);
    }
}
