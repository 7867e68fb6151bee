package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;

/// Makes one ranking of two signals and of what was said around: `g[i] = f[i] + a f[i-1] + b f[i+1] + c m`, brought back to
/// 0..1, where `f` is the fused score of one turn alone, `i-1` and `i+1` are the turns around it in its session, and `m` is
/// the largest `f` of that session. What belongs together is said in one sitting; an answer says little of what it was
/// asked, so `a` is larger after a question.
final class Fusion {
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingDouble(Ranked::score).reversed()
            .thenComparingInt(Ranked::place);

    private final Signals signals;
    private final RankingRules rules;
    private final double scale;
    private final float[] lexical;
    private final float[] dense;
    private final float[] alone;
    private final float[] bestOfSession;

    private Fusion(Signals signals, RankingRules rules) {
        this.signals = signals;
        this.rules = rules;
        scale = rules.spreading().scale();
        boolean byRank = rules.fusion() == FusionKind.RRF;
        lexical = byRank ? reciprocal(signals.lexical(), 0) : stretched(signals.lexical(), 0);
        dense = byRank
                ? reciprocal(signals.dense(), Float.NEGATIVE_INFINITY)
                : stretched(signals.dense(), Float.POSITIVE_INFINITY);
        alone = new float[lexical.length];
        for (int i = first(); i >= 0; i = after(i)) {
            alone[i] = (float) (rules.denseWeight() * dense[i] + (1 - rules.denseWeight()) * lexical[i]);
        }
        bestOfSession = bestOfSession();
    }

    /// The best places, best first.
    ///
    /// @param wanted at most so many
    static List<Ranked> rank(Signals signals, RankingRules rules, int wanted) {
        return new Fusion(signals, rules).best(wanted);
    }

    /// By number of the session.
    private float[] bestOfSession() {
        float[] best = new float[64];
        for (int i = first(); i >= 0; i = after(i)) {
            int session = signals.around().session(i);
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

    private int after(int place) {
        return signals.scope().nextSetBit(place + 1);
    }

    /// Min-max: the smallest becomes 0, the largest 1.
    ///
    /// @param floor a value that counts as seen: 0 for words, which are absent at 0
    private float[] stretched(float[] values, float floor) {
        float min = floor;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = first(); i >= 0; i = after(i)) {
            if (!Float.isNaN(values[i])) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
        }
        float[] stretched = new float[values.length];
        for (int i = first(); i >= 0; i = after(i)) {
            if (!Float.isNaN(values[i])) {
                // A single value is as good as can be said, unless it is nothing.
                stretched[i] = max > min ? (values[i] - min) / (max - min) : floor > 0 ? 1 : 0;
            }
        }
        return stretched;
    }

    /// Reciprocal ranks (Cormack, Clarke, Büttcher 2009), the first being 1.
    ///
    /// @param floor only larger values have a rank
    private float[] reciprocal(float[] values, float floor) {
        Integer[] order = signals.scope().stream().filter(i -> values[i] > floor).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> values[i]).reversed());
        float[] ranks = new float[values.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = (rules.rrfK() + 1f) / (rules.rrfK() + 1f + rank);
        }
        return ranks;
    }

    private List<Ranked> best(int wanted) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.<Integer>comparingDouble(this::score)
                .thenComparing(Comparator.reverseOrder()));
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = first(); i >= 0; i = after(i)) {
            double score = score(i);
            if (fits(i) && (best.size() < wanted || score > worst)) {
                best.add(i);
                if (best.size() > wanted) {
                    best.remove();
                }
                worst = score(best.element());
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        best.forEach(place -> ranked.add(ranked(place)));
        ranked.sort(BEST_FIRST);
        return List.copyOf(ranked);
    }

    /// What has no signal of its own and no neighbour that has one is no answer.
    private boolean fits(int place) {
        return near(place) > 0 || signals.lexical()[place] > 0 || !Float.isNaN(signals.dense()[place]);
    }

    private double score(int place) {
        return (near(place) + rules.spreading().session() * bestOfSession[signals.around().session(place)]) * scale;
    }

    /// The score of a place and of its neighbours.
    private double near(int place) {
        int before = signals.around().previous(place);
        return alone[place] + shareOf(before) * neighbour(before)
                + rules.spreading().next() * neighbour(signals.around().next(place));
    }

    private double shareOf(int before) {
        return before >= 0 && signals.around().asks(before)
                ? rules.spreading().question()
                : rules.spreading().previous();
    }

    private double neighbour(int place) {
        return place >= 0 && signals.scope().get(place) ? alone[place] : 0;
    }

    private Ranked ranked(int place) {
        int previous = signals.around().previous(place);
        double before = neighbour(previous);
        double after = neighbour(signals.around().next(place));
        double session = bestOfSession[signals.around().session(place)];
        float cosine = signals.dense()[place];
        List<Share> shares = List.of(
                share(Signal.BM25, signals.lexical()[place], lexical[place], 1 - rules.denseWeight()),
                share(Signal.DENSE, Float.isNaN(cosine) ? 0 : cosine, dense[place], rules.denseWeight()),
                share(Signal.PREVIOUS, before, before, shareOf(previous)),
                share(Signal.NEXT, after, after, rules.spreading().next()),
                share(Signal.SESSION, session, session, rules.spreading().session()));
        return new Ranked(place, shares.stream().mapToDouble(Share::points).sum(), shares);
    }

    private Share share(Signal signal, double raw, double normalised, double weight) {
        return new Share(signal, raw, normalised, weight * scale, normalised * weight * scale);
    }
}
