package dev.memfuse.metrics;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Counters of extraction since the start of the process: who built the layers of rounds, calls and tokens of the
/// language model, and the time until a layer was there. Thread-safe; recording does not block.
public final class ExtractionStats {
    /// Distinct reasons that are kept; further ones count together.
    private static final int MAX_REASONS = 20;
    private static final String OTHER = "Other reasons.";

    private final Map<String, LayerStats> layers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private final LongAdder calls = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder answerTokens = new LongAdder();
    private final LongAdder postponed = new LongAdder();
    private final List<Ages> collectors = new CopyOnWriteArrayList<>();

    /// Builder of a layer of a round.
    public enum Maker {
        /// The language model.
        MODEL,
        /// Rules, since no language model is configured.
        RULES,
        /// Rules, since the language model gave no usable answer.
        FALLBACK
    }

    private static final class LayerStats {
        private final LongAdder[] made = {new LongAdder(), new LongAdder(), new LongAdder()};
        private final LongAdder turns = new LongAdder();
        private final LongAdder failed = new LongAdder();

        private LayerCounts counts() {
            return new LayerCounts(made[0].sum(), made[1].sum(), made[2].sum(), failed.sum(), turns.sum());
        }
    }

    /// Rounds of one layer.
    ///
    /// @param byModel rounds that the language model built
    /// @param byRules rounds that rules built, without a language model
    /// @param byFallback rounds that rules built in place of the language model
    /// @param failed rounds that failed for good
    /// @param turns messages of the built rounds
    public record LayerCounts(long byModel, long byRules, long byFallback, long failed, long turns) {
        private static final LayerCounts NONE = new LayerCounts(0, 0, 0, 0, 0);

        /// Returns the number of built rounds.
        public long built() {
            return byModel + byRules + byFallback;
        }

        private LayerCounts minus(LayerCounts other) {
            return new LayerCounts(byModel - other.byModel, byRules - other.byRules, byFallback - other.byFallback,
                    failed - other.failed, turns - other.turns);
        }

        private LayerCounts plus(LayerCounts other) {
            return new LayerCounts(byModel + other.byModel, byRules + other.byRules, byFallback + other.byFallback,
                    failed + other.failed, turns + other.turns);
        }
    }

    /// The counts.
    ///
    /// @param layers by layer: M1, M2; without layers that were not built
    /// @param calls answered calls of the language model
    /// @param promptTokens tokens of their prompts
    /// @param answerTokens tokens of their answers
    /// @param postponed times that a round was left in the work list because of the limits per minute
    /// @param reasons number of rounds that rules built in place of the model, by reason, a sentence
    public record Counts(Map<String, LayerCounts> layers, long calls, long promptTokens, long answerTokens,
            long postponed, Map<String, Long> reasons) {
        /// No extraction.
        public static final Counts NONE = new Counts(Map.of(), 0, 0, 0, 0, Map.of());

        public Counts {
            layers = Collections.unmodifiableMap(new TreeMap<>(layers));
            reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
        }

        /// Returns the difference to an earlier reading.
        public Counts since(Counts earlier) {
            Map<String, LayerCounts> newLayers = new TreeMap<>(layers);
            newLayers.replaceAll((layer, counts) -> counts
                    .minus(earlier.layers.getOrDefault(layer, LayerCounts.NONE)));
            Map<String, Long> newReasons = new TreeMap<>(reasons);
            newReasons.replaceAll((reason, count) -> count - earlier.reasons.getOrDefault(reason, 0L));
            newReasons.values().removeIf(count -> count == 0);
            return new Counts(newLayers, calls - earlier.calls, promptTokens - earlier.promptTokens,
                    answerTokens - earlier.answerTokens, postponed - earlier.postponed, newReasons);
        }

        /// Returns the counts of all layers together.
        public LayerCounts total() {
            return layers.values().stream().reduce(LayerCounts.NONE, LayerCounts::plus);
        }

        /// Returns the share of the rounds that the language model built, 0..1; NaN without a round.
        public double modelShare() {
            LayerCounts total = total();
            return total.built() == 0 ? Double.NaN : (double) total.byModel() / total.built();
        }

        /// Returns the cost of all calls, in cents.
        ///
        /// @param promptPrice price of a million tokens of prompts, in cents
        /// @param answerPrice price of a million tokens of answers, in cents
        public double cents(int promptPrice, int answerPrice) {
            return (promptTokens * (double) promptPrice + answerTokens * (double) answerPrice) / 1e6;
        }

        /// Returns the cost for 1,000 turns of a conversation with all its layers, in cents; NaN without a turn.
        public double centsPer1000Turns(int promptPrice, int answerPrice) {
            long turns = layers.values().stream().mapToLong(LayerCounts::turns).max().orElse(0);
            return turns == 0 ? Double.NaN : cents(promptPrice, answerPrice) / turns * 1_000;
        }
    }

    /// Times from adding a round to the end of a layer, from [#collectAges] to [#close].
    public static final class Ages implements AutoCloseable {
        private final Recorder ages = new Recorder(3);
        private final String layer;
        private final Consumer<Ages> onClose;

        private Ages(String layer, Consumer<Ages> onClose) {
            this.layer = layer;
            this.onClose = onClose;
        }

        /// Returns the times since the last call, in nanoseconds. One reader.
        public Histogram take() {
            return ages.getIntervalHistogram();
        }

        @Override
        public void close() {
            onClose.accept(this);
        }
    }

    private LayerStats layer(String name) {
        return layers.computeIfAbsent(name, _ -> new LayerStats());
    }

    /// Counts an answered call of the language model.
    ///
    /// @param prompt tokens of the prompt
    /// @param answer tokens of the answer
    public void called(long prompt, long answer) {
        calls.increment();
        promptTokens.add(prompt);
        answerTokens.add(answer);
    }

    /// Counts a round whose layer was stored.
    ///
    /// @param turns number of its messages
    /// @param reason why rules replaced the model, a sentence; empty otherwise
    public void built(String layer, Maker maker, int turns, String reason) {
        LayerStats stats = layer(layer);
        stats.made[maker.ordinal()].increment();
        stats.turns.add(turns);
        if (maker == Maker.FALLBACK) {
            String key = reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : OTHER;
            reasons.computeIfAbsent(key, _ -> new LongAdder()).increment();
        }
    }

    /// Records the time from adding a round until its layer was stored.
    ///
    /// @param nanos time in nanoseconds
    public void available(String layer, long nanos) {
        for (Ages ages : collectors) {
            if (ages.layer.equals(layer)) {
                ages.ages.recordValue(Math.max(0, nanos));
            }
        }
    }

    /// Counts a round whose layer failed for good.
    public void failed(String layer) {
        layer(layer).failed.increment();
    }

    /// Counts a round that was left in the work list because of the limits per minute.
    public void postponed() {
        postponed.increment();
    }

    /// Collects the times until a layer is there, until the result is closed.
    public Ages collectAges(String layer) {
        Ages ages = new Ages(layer, collectors::remove);
        collectors.add(ages);
        return ages;
    }

    /// Returns the current counts.
    public Counts counts() {
        Map<String, LayerCounts> layerCounts = new TreeMap<>();
        layers.forEach((name, stats) -> layerCounts.put(name, stats.counts()));
        Map<String, Long> reasonCounts = new TreeMap<>();
        reasons.forEach((reason, count) -> reasonCounts.put(reason, count.sum()));
        return new Counts(layerCounts, calls.sum(), promptTokens.sum(), answerTokens.sum(), postponed.sum(),
                reasonCounts);
    }
}
