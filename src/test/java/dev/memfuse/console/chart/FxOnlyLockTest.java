package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class FxOnlyLockTest {
    @Test
    void writesWhileTheSameThreadReadsAsChartFxMakesTheFxThreadDo() {
        String written = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            var dataSet = new LineDataSet("add");
            dataSet.lock().readLock();
            return dataSet.lock().writeLockGuard(() -> "written");
        });

        assertEquals("written", written);
    }
}
