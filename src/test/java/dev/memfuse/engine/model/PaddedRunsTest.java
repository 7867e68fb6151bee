package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.memfuse.engine.model.PaddedRuns.Run;
import org.junit.jupiter.api.Test;

class PaddedRunsTest {
    private static int pieces(int[] lengths, List<Run> runs) {
        return runs.stream().mapToInt(run -> (run.to() - run.from()) * lengths[run.to() - 1]).sum();
    }

    @Test
    void textsOfOneLengthAreOneRun() {
        assertEquals(List.of(new Run(0, 4)), PaddedRuns.of(new int[]{30, 30, 30, 30}));
    }

    @Test
    void shortTextsAreNotPaddedToALongOne() {
        assertEquals(List.of(new Run(0, 3), new Run(3, 4)), PaddedRuns.of(new int[]{10, 11, 12, 200}));
    }

    @Test
    void aSmallDifferenceIsCheaperThanAnotherRun() {
        assertEquals(List.of(new Run(0, 3)), PaddedRuns.of(new int[]{10, 11, 14}));
    }

    @Test
    void noTextsAreNoRun() {
        assertEquals(List.of(), PaddedRuns.of(new int[0]));
    }

    @Test
    void manyLongTextsAreSeveralRuns() {
        List<Run> runs = PaddedRuns.of(IntStream.generate(() -> 256).limit(64).toArray());

        assertEquals(16, runs.size());
        assertTrue(runs.stream().allMatch(run -> run.to() - run.from() == 4), runs.toString());
    }

    @Test
    void everyTextIsInOneRunAndTheWorkIsLeast() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int[] lengths = random.ints(1 + random.nextInt(9), 2, 60).sorted().toArray();

            List<Run> runs = PaddedRuns.of(lengths);

            int at = 0;
            for (Run run : runs) {
                assertEquals(at, run.from());
                at = run.to();
            }
            assertEquals(lengths.length, at);
            assertEquals(leastWork(lengths, lengths.length), pieces(lengths, runs) + 12 * runs.size());
        }
    }

    /// Tries every division.
    private static int leastWork(int[] lengths, int to) {
        return to == 0
                ? 0
                : IntStream.range(0, to).map(from -> leastWork(lengths, from) + 12 + (to - from) * lengths[to - 1])
                        .min().orElseThrow();
    }
}
