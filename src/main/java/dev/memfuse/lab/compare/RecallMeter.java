package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.paired.PairedPoints;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.lab.retrieval.RecallProbe;
import dev.memfuse.load.corpus.GeneratedHaystack;
import dev.memfuse.load.corpus.Haystack;
import org.jspecify.annotations.Nullable;

/// Measures Recall@10 and freshness under both arms, on the same planted questions. Alternates the arms from
/// conversation to conversation.
///
/// @param engine the engine that both arms run on
/// @param enter switches to arm A (false) or B (true)
/// @param stopped read before each call of the engine
public record RecallMeter(MemoryEngine engine, Consumer<Boolean> enter, BooleanSupplier stopped) {
    private static final int CONVERSATIONS = 4;
    /// Switches of the arm during a measurement.
    static final int SWITCHES = 2 * CONVERSATIONS;
    private static final long SEED = 1_000;

    /// The answers of one arm.
    private static final class Arm {
        private final List<Double> recalls = new ArrayList<>();
        private final List<Double> fresh = new ArrayList<>();

        void add(RecallProbe.Answers answers) {
            recalls.addAll(answers.recalls());
            answers.freshMs().ifPresent(fresh::add);
        }

        double recall() {
            return recalls.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        }

        @Nullable
        Double freshMs() {
            return fresh.size() < CONVERSATIONS ? null : fresh.stream().sorted().toList().get(fresh.size() / 2);
        }
    }

    /// Stores the conversations under each arm and asks their questions. Blocks.
    ///
    /// @param turns turns of all conversations together
    /// @return empty when stopped
    public Optional<RecallResult> measure(int turns) {
        RecallProbe probe = new RecallProbe(engine, stopped);
        Arm a = new Arm();
        Arm b = new Arm();
        for (int i = 0; i < CONVERSATIONS; i++) {
            Haystack haystack = GeneratedHaystack.of(SEED + i, Math.max(GeneratedHaystack.MIN_TURNS,
                    turns / CONVERSATIONS));
            for (boolean candidate : i % 2 == 0 ? new boolean[]{false, true} : new boolean[]{true, false}) {
                enter.accept(candidate);
                (candidate ? b : a).add(probe.ask(haystack));
            }
        }
        if (stopped.getAsBoolean() || a.recalls.isEmpty()) {
            return Optional.empty();
        }
        PointsEstimate difference = PairedPoints.of(array(a.recalls), array(b.recalls))
                .estimate(ComparisonPlan.RECALL_MARGIN_POINTS, ComparisonPlan.ALPHA);
        return Optional.of(new RecallResult(a.recall(), b.recall(), difference, a.freshMs(), b.freshMs()));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
