package dev.memfuse.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseJudgeTest {
    private static final Promise PROMISE = new Promise("add", "text", Figure.ADD_BATCH, Phase.LEGACY, Phase.PHASE1, 0.7,
            PlanStep.ADD_BATCH);

    /// Rounds in which phase 1 takes a share of legacy, give or take 1 %, while the machine becomes twice as slow.
    private static List<PhaseBlock> blocks(NetworkProfile network, int rounds, double share) {
        List<PhaseBlock> blocks = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            double legacy = 100.0 * (1 + (double) round / rounds);
            double after = legacy * share * (round % 2 == 0 ? 1.01 : 0.99);
            blocks.add(block(network, round, Phase.PHASE1, Map.of(Figure.ADD_BATCH, after), "sql"));
            blocks.add(block(network, round, Phase.LEGACY, Map.of(Figure.ADD_BATCH, legacy), "embed"));
        }
        return blocks;
    }

    private static PhaseBlock block(NetworkProfile network, int round, Phase phase, Map<Figure, Double> figures,
            String largest) {
        return new PhaseBlock(network, round, phase, figures,
                Map.of(PlanStep.ADD_BATCH, Map.of(largest, 8.0, "buffer", 2.0)));
    }

    @ParameterizedTest
    @CsvSource({"0.25, KEPT", "0.30, UNDECIDED", "0.35, NOT_KEPT", "1.20, NOT_KEPT"})
    void aPromiseIsKeptWhenTheWholeIntervalIsAboveIt(double share, Outcome expected) {
        PromiseResult result = new PromiseJudge(NetworkProfile.LOCAL, blocks(NetworkProfile.LOCAL, 8, share))
                .judge(PROMISE);

        assertEquals(expected, result.outcome());
        assertEquals(1 - share, result.reduction().estimate(), 0.02);
        assertTrue(result.reduction().low() <= 1 - share && result.reduction().high() >= 1 - share,
                result.reduction().toString());
    }

    @Test
    void aMissedPromiseNamesTheLargestStageOfThePhaseAfter() {
        PromiseResult result = new PromiseJudge(NetworkProfile.LOCAL, blocks(NetworkProfile.LOCAL, 8, 0.5))
                .judge(PROMISE);

        assertEquals("Largest stage of add_batch in phase 1: sql, 8.00 of 10.0 ms.", result.reason());
    }

    @Test
    void networksAreJudgedApart() {
        List<PhaseBlock> blocks = new ArrayList<>(blocks(NetworkProfile.LOCAL, 8, 0.1));
        blocks.addAll(blocks(NetworkProfile.OTHER_ZONE, 8, 0.9));

        assertEquals(Outcome.KEPT, new PromiseJudge(NetworkProfile.LOCAL, blocks).judge(PROMISE).outcome());
        assertEquals(Outcome.NOT_KEPT, new PromiseJudge(NetworkProfile.OTHER_ZONE, blocks).judge(PROMISE).outcome());
    }

    @Test
    void fewRoundsHaveNoIntervalAndNoVerdict() {
        assertEquals(Outcome.UNDECIDED, new PromiseJudge(NetworkProfile.LOCAL, blocks(NetworkProfile.LOCAL, 3, 0.1))
                .judge(PROMISE).outcome());
    }

    @Test
    void aFigureThatTheMachineCannotMeasureIsNotMeasured() {
        Promise memory = new Promise("memory", "text", Figure.MEMORY, Phase.LEGACY, Phase.PHASE1, 0.4, "");

        assertEquals(Outcome.NOT_MEASURED, new PromiseJudge(NetworkProfile.LOCAL,
                blocks(NetworkProfile.LOCAL, 8, 0.1)).judge(memory).outcome());
    }

    @Test
    void aFigureThatFallsByExactlyThePromiseKeepsIt() {
        Promise half = new Promise("connections", "text", Figure.CONNECTIONS, Phase.LEGACY, Phase.PHASE1, 0.5, "");
        List<PhaseBlock> blocks = new ArrayList<>();
        for (int round = 1; round <= 8; round++) {
            blocks.add(block(NetworkProfile.LOCAL, round, Phase.LEGACY, Map.of(Figure.CONNECTIONS, 20.0), "sql"));
            blocks.add(block(NetworkProfile.LOCAL, round, Phase.PHASE1, Map.of(Figure.CONNECTIONS, 10.0), "sql"));
        }

        PromiseResult result = new PromiseJudge(NetworkProfile.LOCAL, blocks).judge(half);

        assertEquals(Outcome.KEPT, result.outcome());
        assertEquals("kept, by 0 points", result.verdict());
        assertEquals("-50 % [-50, -50]", result.change());
        assertEquals(20, result.before());
        assertEquals(10, result.after());
    }

    @Test
    void aMissedPromiseSaysByHowManyPoints() {
        PromiseResult result = new PromiseJudge(NetworkProfile.LOCAL, blocks(NetworkProfile.LOCAL, 8, 0.5))
                .judge(PROMISE);

        assertEquals("not kept, by 20 points", result.verdict());
        assertEquals(-20, result.points(), 0.5);
    }
}
