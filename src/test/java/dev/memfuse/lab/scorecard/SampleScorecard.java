package dev.memfuse.lab.scorecard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.memfuse.fault.NetworkProfile;

/// Scorecards with blocks of random values, judged as real ones.
public final class SampleScorecard {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");
    /// Medians of legacy, and what each phase leaves of them.
    private static final Map<Figure, double[]> MEDIANS = medians();

    private SampleScorecard() {}

    private static Map<Figure, double[]> medians() {
        Map<Figure, double[]> medians = new EnumMap<>(Figure.class);
        medians.put(Figure.SCRIPT_FIRST_ACCESS, new double[]{412, 9.1, 9.0, 8.9});
        medians.put(Figure.SCRIPT_ADD_BATCH, new double[]{4.2, 3.1, 2.9, 2.9});
        medians.put(Figure.SCRIPT_QUERY, new double[]{14.4, 13.8, 4.4, 4.3});
        medians.put(Figure.FIRST_ACCESS, new double[]{1_210, 41, 40, 40});
        medians.put(Figure.ADD_BATCH, new double[]{21.4, 22.1, 20.7, 20.2});
        medians.put(Figure.QUERY, new double[]{61, 58, 14.1, 13.9});
        medians.put(Figure.GET_MESSAGES, new double[]{9.4, 8.8, 1.9, 1.9});
        medians.put(Figure.ACQUIRE, new double[]{48, 2.2, 1.8, 1.8});
        medians.put(Figure.RESPONSE, new double[]{402, 36, 19.6, 19.2});
        medians.put(Figure.TEN_USERS, new double[]{1_702, 162, 88, 86});
        medians.put(Figure.LAYERS, new double[]{612, 588, 571, 44});
        medians.put(Figure.PROCESSOR, new double[]{98, 92, 88, 31});
        medians.put(Figure.CONNECTIONS, new double[]{20, 10, 10, 10});
        return medians;
    }

    /// Returns blocks of every phase on both networks of a quick scorecard.
    static List<PhaseBlock> blocks(int rounds) {
        Random random = new Random(11);
        List<PhaseBlock> blocks = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (NetworkProfile network : ScorecardPlan.quick().networks()) {
                for (Phase phase : PhaseOrder.of(round)) {
                    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
                    MEDIANS.forEach((figure, medians) -> figures.put(figure,
                            figure == Figure.CONNECTIONS
                                    ? medians[phase.ordinal()]
                                    : medians[phase.ordinal()] * Math.exp(random.nextGaussian() * 0.05)
                                            + (network == NetworkProfile.LOCAL ? 0 : 4)));
                    blocks.add(new PhaseBlock(network, round, phase, figures, stages()));
                }
            }
        }
        return blocks;
    }

    private static Map<PlanStep, Map<String, Double>> stages() {
        Map<PlanStep, Map<String, Double>> stages = new EnumMap<>(PlanStep.class);
        for (PlanStep step : PlanStep.values()) {
            Map<String, Double> means = new LinkedHashMap<>();
            means.put("embed", 11.8);
            means.put("sql", 6.1);
            means.put("acquire", 1.2);
            stages.put(step, means);
        }
        return stages;
    }

    /// Returns the promises after some rounds.
    public static List<PromiseResult> promises(int rounds) {
        List<PhaseBlock> blocks = blocks(rounds);
        return ScorecardPlan.quick().networks().stream().flatMap(network -> {
            PromiseJudge judge = new PromiseJudge(network, blocks);
            return Promises.all().stream().map(judge::judge);
        }).toList();
    }

    /// Returns a result.
    public static ScorecardResult result(int rounds) {
        return new ScorecardResult(1, START, 312.4, rounds < ScorecardPlan.MIN_ROUNDS, rounds, promises(rounds),
                blocks(rounds), Map.of("java", "25"));
    }
}
