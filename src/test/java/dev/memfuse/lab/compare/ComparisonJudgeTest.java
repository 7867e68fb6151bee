package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PairedPoints;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.run.Loads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What forbids to call a faster candidate better.
class ComparisonJudgeTest {
    private static final Metric QUERY_P50 = Metric.parse("query.p50");

    private final Arm arm = new Arm("defaults", new ConfigLoader().load());
    private final ComparisonPlan plan = new ComparisonPlan(arm, arm,
            Loads.open(600, 100, 4, Loads.QUERIES, Duration.ofSeconds(1)), false, QUERY_P50, 8, false, 0.03, 0);
    private final ComparisonJudge judge = new ComparisonJudge(plan, ComparisonPlan.ALPHA);

    /// Pairs in which B takes half the time of A.
    private static List<Block> faster(long errorsOfA, long errorsOfB, Verdict verdictOfB) {
        List<Block> blocks = new ArrayList<>();
        for (int pair = 1; pair <= 8; pair++) {
            blocks.add(new Block(pair, false, Instant.EPOCH, 1, 1000, errorsOfA, Verdict.GOOD,
                    Map.of("query.p50", 10.0 + pair)));
            blocks.add(new Block(pair, true, Instant.EPOCH, 1, 1000, errorsOfB, verdictOfB,
                    Map.of("query.p50", 5.0 + pair / 2.0)));
        }
        return blocks;
    }

    private static RecallResult recall(int questions, int lost) {
        double[] a = IntStream.range(0, questions).mapToDouble(_ -> 1).toArray();
        double[] b = IntStream.range(0, questions).mapToDouble(i -> i < lost ? 0 : 1).toArray();
        return new RecallResult(1, 1 - (double) lost / questions,
                PairedPoints.of(a, b).estimate(ComparisonPlan.RECALL_MARGIN_POINTS, ComparisonPlan.ALPHA), 1.0, 1.0);
    }

    private Decision decision(List<Block> blocks, @Nullable RecallResult recall) {
        return ComparisonJudge.decision(judge.judge(QUERY_P50, blocks), judge.problems(blocks, recall));
    }

    @Test
    void aFasterArmIsBetterWhenNothingElseFell() {
        assertEquals(Decision.BETTER, decision(faster(0, 0, Verdict.GOOD), recall(100, 0)));
    }

    @Test
    void aFasterArmThatLostRecallBeyondTheMarginIsNotBetter() {
        List<Block> blocks = faster(0, 0, Verdict.GOOD);

        assertEquals(Decision.NOT_ENOUGH, decision(blocks, recall(100, 10)));
        List<Problem> problems = judge.problems(blocks, recall(100, 10));
        assertTrue(problems.getFirst().sentence().startsWith("Recall@10 fell from 100.0 % to 90.0 %: -10.0 ["),
                problems.toString());
        String sentence = judge.sentence(judge.judge(QUERY_P50, blocks), Decision.NOT_ENOUGH, problems);
        assertEquals("B is probably better: query.p50 is 0.50x [0.50, 0.50] of A, but this does not count: "
                + "Recall@10 fell.", sentence);
    }

    @Test
    void aFasterArmWithMoreErrorsThanChanceExplainsIsNotBetter() {
        assertEquals(Decision.BETTER, decision(faster(1, 1, Verdict.GOOD), recall(100, 0)));
        assertEquals(Decision.NOT_ENOUGH, decision(faster(0, 2, Verdict.GOOD), recall(100, 0)));
    }

    @Test
    void aFasterArmWithAVoidBlockIsNotBetter() {
        Verdict lagged = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.ACHIEVED, 0.9, 0.99, "Too slow.")));

        assertEquals(Decision.NOT_ENOUGH, decision(faster(0, 0, lagged), recall(100, 0)));
    }

    /// The figures of a void block describe another load, so that they prove nothing against the candidate either.
    @Test
    void aSlowerArmWithVoidBlocksIsNotWorse() {
        Verdict busy = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.GENERATOR, 0.35, 0.2,
                "Void as a measurement of the engine: the load generator could not run for 35 % of the time.")));
        List<Block> blocks = slower(Verdict.GOOD, busy);
        List<Problem> problems = judge.problems(blocks, null);

        assertEquals(Decision.NOT_ENOUGH, decision(blocks, null));
        assertEquals("B is probably worse: query.p50 is 2.00x [2.00, 2.00] of A, but this does not count: "
                + "8 of 8 blocks of arm B are not valid.",
                judge.sentence(judge.judge(QUERY_P50, blocks), Decision.NOT_ENOUGH, problems));
        assertEquals(Decision.NOT_ENOUGH, decision(slower(busy, Verdict.GOOD), null));
    }

    @Test
    void aSlowerArmThatFailsOrMissesAThresholdIsWorse() {
        Verdict failed = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.ERROR_SHARE, 0.5, 0.01, "Errors.")));
        Verdict missed = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.THRESHOLD, 9, 5, "Too slow.")));

        assertEquals(Decision.WORSE, decision(slower(Verdict.GOOD, failed), null));
        assertEquals(Decision.WORSE, decision(slower(missed, missed), null));
        assertEquals(Decision.NOT_ENOUGH, decision(slower(failed, Verdict.GOOD), null), "a failure shortens calls");
    }

    @Test
    void equalArmsWithVoidBlocksAreNotTheSame() {
        Verdict lagged = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.LAG, 0.9, 0.5, "Late.")));
        List<Block> blocks = faster(0, 0, lagged).stream().map(block -> new Block(block.pair(), block.candidate(),
                block.at(), 1, 1000, 0, block.verdict(), Map.of("query.p50", 10.0 + block.pair()))).toList();

        assertEquals(Decision.NOT_ENOUGH, decision(blocks, null));
        assertTrue(judge.sentence(judge.judge(QUERY_P50, blocks), Decision.NOT_ENOUGH, judge.problems(blocks, null))
                .startsWith("B is probably the same within 3 %: query.p50 is 1.00x [1.00, 1.00] of A, but this"));
    }

    /// Pairs in which B takes twice the time of A.
    private static List<Block> slower(Verdict verdictOfA, Verdict verdictOfB) {
        return faster(0, 0, Verdict.GOOD).stream()
                .map(block -> new Block(block.pair(), block.candidate(), block.at(), 1, 1000, 0,
                        block.candidate() ? verdictOfB : verdictOfA,
                        Map.of("query.p50", (block.candidate() ? 20.0 : 10.0) + (block.candidate() ? 2 : 1)
                                * block.pair())))
                .toList();
    }

    @Test
    void armsThatDifferInOneSettingAreCalledByItsValues() {
        List<Block> blocks = faster(0, 0, Verdict.GOOD);
        ComparisonJudge judge = judge("buffer.bypass_mode=false");

        assertEquals("buffer.bypass_mode false instead of true: better, query.p50 0.50x [0.50, 0.50].",
                judge.sentence(judge.judge(QUERY_P50, blocks), Decision.BETTER, List.of()));
    }

    @Test
    void armsThatDifferInSeveralSettingsKeepTheirLetters() {
        List<Block> blocks = faster(0, 0, Verdict.GOOD);
        ComparisonJudge judge = judge("buffer.bypass_mode=false", "postgres.pool_size=9");

        assertEquals("B is better: query.p50 is 0.50x [0.50, 0.50] of A.",
                judge.sentence(judge.judge(QUERY_P50, blocks), Decision.BETTER, List.of()));
    }

    private ComparisonJudge judge(String... settings) {
        Arms arms = new Arms(new FileProfiles(Path.of("no-such-folder")), new ConfigLoader().load());
        return new ComparisonJudge(new ComparisonPlan(
                arms.arm(Optional.empty(), List.of("buffer.bypass_mode=true")),
                arms.arm(Optional.empty(), List.of(settings)), plan.block(), false, QUERY_P50, 8, false, 0.03, 0),
                ComparisonPlan.ALPHA);
    }

    /// The reason is in the problem, the verdict names it briefly; what to do is said once, not for each arm.
    @Test
    void voidBlocksSayOnceWhyTheyDoNotCountAndWhatToDo() {
        Verdict busy = Verdict.of(List.of(new Verdict.Reason(Verdict.Cause.GENERATOR, 0.35, 0.2,
                "Void as a measurement of the engine: the load generator could not run for 35 % of the time.")));
        List<Block> blocks = faster(0, 0, busy).stream().map(block -> block.candidate() || block.pair() > 1
                ? block
                : new Block(block.pair(), false, block.at(), 1, 1000, 0, busy, block.values())).toList();

        List<Problem> problems = judge.problems(blocks, null);

        assertEquals(List.of("1 of 8 blocks of arm A is not valid: the load generator could not run for 35 % of the "
                + "time. Close other programs on this machine or lower the rate, and run it again.",
                "8 of 8 blocks of arm B are not valid: the load generator could not run for 35 % of the time."),
                problems.stream().map(Problem::sentence).toList());
        assertEquals("B is probably better: query.p50 is 0.50x [0.50, 0.50] of A, but this does not count: "
                + "1 of 8 blocks of arm A is not valid.",
                judge.sentence(judge.judge(QUERY_P50, blocks), Decision.NOT_ENOUGH, problems));
    }

    /// Ten pairs whose latencies all differ clearly, and calls of a model that neither arm uses.
    @Test
    void figuresThatAreAlwaysZeroTakeNothingFromTheOthers() {
        List<Block> blocks = new ArrayList<>();
        List<Metric> metrics = Metric.of(plan.block());
        for (int pair = 1; pair <= 10; pair++) {
            Map<String, Double> a = new HashMap<>();
            Map<String, Double> b = new HashMap<>();
            for (int i = 0; i < metrics.size(); i++) {
                a.put(metrics.get(i).name(), i == 0 ? 10.0 + pair : 0.0);
                b.put(metrics.get(i).name(), i == 0 ? 5.0 + pair / 2.0 : 0.0);
            }
            blocks.add(new Block(pair, false, Instant.EPOCH, 1, 1000, 0, Verdict.GOOD, a));
            blocks.add(new Block(pair, true, Instant.EPOCH, 1, 1000, 0, Verdict.GOOD, b));
        }
        ComparisonPlan throughput = new ComparisonPlan(arm, arm, plan.block(), false, Metric.parse("throughput"), 10,
                false, 0.03, 0);

        List<MetricResult> results = new ComparisonJudge(throughput, 0.05).judgeAll(blocks);

        MetricResult p50 = results.stream().filter(result -> result.name().equals("query.p50")).findAny().orElseThrow();
        assertEquals(Decision.BETTER, p50.ratio().decision());
        assertEquals(judge.judge(QUERY_P50, blocks).ratio().pValue(), p50.ratio().pValue());
    }
}
