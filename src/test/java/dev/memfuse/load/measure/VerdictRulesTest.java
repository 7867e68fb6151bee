package dev.memfuse.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.config.section.LoadConfig;
import dev.memfuse.config.section.LoadConfig.LimitsConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.LoadResult.ArrivalResult;
import dev.memfuse.load.LoadResult.StorageResult;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.load.Verdict.Outcome;
import dev.memfuse.load.measure.VerdictRules.Counts;
import dev.memfuse.metrics.stats.Percentiles;
import org.junit.jupiter.api.Test;

final class VerdictRulesTest {
    private static final LoadConfig DEFAULTS = new ConfigLoader().load().load();
    private static final StorageResult STORED = new StorageResult(1_000, 0, 0, false);

    private static Percentiles all(double ms) {
        return new Percentiles(ms, ms, ms, ms, ms, ms, ms);
    }

    private static ArrivalResult open(double achieved, double lagMs) {
        return new ArrivalResult("open", 100, 20_000, 20_000, 0, achieved, all(lagMs));
    }

    private static Counts counts(long succeeded, long errors, long unfinished) {
        return new Counts(succeeded, errors, unfinished, all(100), 10, 10, false);
    }

    private static Counts stopped(long succeeded, double seconds) {
        return new Counts(succeeded, 0, 0, all(100), 10, seconds, true);
    }

    private static Verdict judge(Counts counts, ArrivalResult arrival, StorageResult storage) {
        return new VerdictRules(DEFAULTS).verdict(counts, arrival, storage, 15);
    }

    private static List<Cause> causes(Verdict verdict) {
        return verdict.reasons().stream().map(Verdict.Reason::cause).toList();
    }

    @Test
    void aRunThatKeptEveryLimitIsGood() {
        assertEquals(Verdict.GOOD, judge(counts(20_000, 0, 0), open(0.995, 9), STORED));
        assertEquals(Verdict.GOOD, judge(counts(19_900, 100, 0), open(0.995, 9), STORED), "half a percent of errors");
    }

    @Test
    void aRunWithTooManyErrorsFails() {
        Verdict verdict = judge(counts(300, 9_700, 0), open(1, 0), STORED);

        assertEquals(Outcome.FAILED, verdict.outcome());
        assertEquals(List.of(Cause.ERROR_SHARE), causes(verdict));
        assertEquals("97.0 % of the operations failed (at most 1 % may).", verdict.reasons().getFirst().sentence());
    }

    @Test
    void aRunWhoseOperationsDidNotEndFailsAndIsVoidAtItsRate() {
        Verdict verdict = judge(counts(345, 0, 38), open(345 / 383.0, 0), STORED);

        assertEquals(Outcome.FAILED, verdict.outcome());
        assertEquals(List.of(Cause.UNFINISHED, Cause.ACHIEVED), causes(verdict));
        assertEquals("Void as a measurement at this rate: only 90.1 % of the offered load was achieved "
                + "(99 % are needed).", verdict.reasons().getLast().sentence());
    }

    @Test
    void aRunThatDidNotKeepUpIsVoid() {
        assertEquals(Outcome.VOID, judge(counts(20_000, 0, 0), open(0.952, 0), STORED).outcome());
    }

    @Test
    void aRunWhoseOperationsStartedLateIsVoid() {
        Verdict verdict = judge(counts(20_000, 0, 0), open(1, 60), STORED);

        assertEquals(List.of(Cause.LAG), causes(verdict));
        assertEquals(Outcome.VOID, verdict.outcome());
        assertTrue(verdict.reasons().getFirst().sentence().contains("p99 of the delay is 60 ms"), "" + verdict);
    }

    @Test
    void theDelayMayBeATenthOfTheLatency() {
        assertEquals(Outcome.GOOD, judge(counts(20_000, 0, 0), open(1, 9.9), STORED).outcome());
        assertEquals(List.of(Cause.LAG), causes(judge(counts(20_000, 0, 0), open(1, 10.1), STORED)));
    }

    @Test
    void theDelayOfFewOperationsDecidesNothing() {
        ArrivalResult few = new ArrivalResult("open", 10, 150, 150, 0, 1, all(90));

        assertEquals(Verdict.GOOD, judge(counts(150, 0, 0), few, STORED));
    }

    @Test
    void aClosedRunHasNoSchedule() {
        ArrivalResult closed = new ArrivalResult("closed", 8, 20_000, 20_000, 0, 0.5, all(90));

        assertEquals(Verdict.GOOD, judge(counts(20_000, 0, 0), closed, STORED));
    }

    @Test
    void aRunWithoutASuccessFails() {
        assertEquals(List.of(Cause.NO_OPERATION), causes(judge(counts(0, 0, 0), open(1, 0), STORED)));
    }

    @Test
    void messagesThatAreNotStoredFailTheRunUnlessTheDatabaseIsAwayOnPurpose() {
        StorageResult waiting = new StorageResult(10_000, 3_016, 0, true);

        Verdict verdict = judge(counts(20_000, 0, 0), open(1, 0), waiting);

        assertEquals(Outcome.FAILED, verdict.outcome());
        assertTrue(verdict.reasons().getFirst().sentence()
                .startsWith("3,016 of 10,000 acknowledged messages are not in the database: "), "" + verdict);
        assertEquals(Verdict.GOOD, new VerdictRules(new LoadConfig(false, true, 0, DEFAULTS.limits()))
                .verdict(counts(20_000, 0, 0), open(1, 0), waiting, 15));
    }

    @Test
    void aStoppedRunIsStoppedWhateverItMeasured() {
        assertEquals("Stopped by hand after 3.2 s of 10.0 s.",
                judge(stopped(100, 3.2), open(0.5, 0), STORED).reasons().getFirst().sentence());
        Verdict early = judge(stopped(0, 0), open(0, 0), STORED);

        assertEquals(Outcome.STOPPED, early.outcome());
        assertEquals("Stopped by hand before its first measurement.", early.reasons().getFirst().sentence());
        assertTrue(!early.has(Cause.NO_OPERATION), "" + early);
        assertEquals(Outcome.FAILED, judge(stopped(100, 3), open(1, 0), new StorageResult(10, 1, 0, false)).outcome(),
                "lost messages weigh more");
    }

    @Test
    void eachLimitComesFromTheSettings() {
        LimitsConfig lenient = new LimitsConfig(0.98, 0.5, 1, 38, 3_016);

        assertEquals(Verdict.GOOD, new VerdictRules(new LoadConfig(false, false, 0, lenient)).verdict(
                counts(300, 9_700, 38), open(0.6, 60), new StorageResult(10_000, 3_016, 0, true), 15));
    }
}
