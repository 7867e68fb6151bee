package dev.memfuse.load.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;

import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.measure.GeneratorHealth;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RunReadingsTest {

    @Test
    void thePausesOfTheProcessAreAShareOfTheMeasuredTime() {
        Histogram pauses = new Histogram(3);
        pauses.recordValueWithCount(1_000_000, 1_000);
        pauses.recordValueWithCount(100_000_000, 3);
        PoolResult pool = new PoolResult(Percentiles.NONE, 0, 0, 0, 0, 0, 0);
        RunReadings readings = new RunReadings(new ConfigLoader().load(), pool, FirstAccessResult.NONE, List.of(),
                List.of(), 50, pauses, 0.5, List.of(), null, null, Optional.empty());

        GeneratorHealth health = readings.health(1);

        assertEquals(0.3, health.paused(), 0.001);
        assertEquals(0.05, health.collecting(), 1e-9);
        assertEquals(GeneratorHealth.UNKNOWN, readings.health(0));
    }
}
