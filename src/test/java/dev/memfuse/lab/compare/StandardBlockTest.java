package dev.memfuse.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.cli.option.BlockArguments;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.load.WorkloadCheck;
import org.junit.jupiter.api.Test;

class StandardBlockTest {

    @Test
    void theWindowAndTheCommandCompareUnderTheSameLoad() {
        assertEquals(StandardBlock.workload(), new BlockArguments().over(StandardBlock.workload()));
        assertTrue(new BlockArguments().autoRate());
    }

    @Test
    void isAValidLoadThatHasItsPrimaryMetric() {
        WorkloadCheck.check(StandardBlock.workload());
        assertTrue(Metric.of(StandardBlock.workload()).contains(Metric.parse(StandardBlock.PRIMARY)));
    }
}
