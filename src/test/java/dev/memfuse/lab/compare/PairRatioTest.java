package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.Verdict;
import org.junit.jupiter.api.Test;

class PairRatioTest {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");

    private static Block block(int pair, boolean candidate, int second, Map<String, Double> values) {
        return new Block(pair, candidate, START.plusSeconds(second), 4, 100, 0, Verdict.GOOD, values);
    }

    @Test
    void hasTheOrderOfTheBlocksAndTheTimeOfTheFirst() {
        List<PairRatio> pairs = PairRatio.of(List.of(block(1, false, 0, Map.of("add.p50", 2.0)),
                block(1, true, 10, Map.of("add.p50", 3.0)), block(2, true, 20, Map.of("add.p50", 1.0)),
                block(2, false, 30, Map.of("add.p50", 2.0))), "add.p50");

        assertEquals(List.of(new PairRatio(1, START, true, 2, 3), new PairRatio(2, START.plusSeconds(20), false, 2, 1)),
                pairs);
        assertEquals(List.of(1.5, 0.5), pairs.stream().map(PairRatio::ratio).toList());
    }

    @Test
    void leavesOutPairsWithoutARatio() {
        assertEquals(List.of(), PairRatio.of(List.of(block(1, false, 0, Map.of("add.p50", 2.0)),
                block(1, true, 10, Map.of()), block(2, true, 20, Map.of("add.p50", 0.0)),
                block(2, false, 30, Map.of("add.p50", 2.0)), block(3, false, 40, Map.of("add.p50", 2.0))), "add.p50"));
    }
}
