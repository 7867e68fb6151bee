package dev.memfuse.load.run;

import java.util.List;
import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.ExtractionResult;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.GeneratorResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.generator.GeneratorReport.OwnProcess;
import dev.memfuse.load.measure.BacklogWatch;
import dev.memfuse.load.measure.GeneratorHealth;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Values of the instruments of a run at the end of its drain, before the work after it.
///
/// @param config configuration in force at the end
/// @param gcMillis milliseconds of pauses of the collector in the measured part
/// @param pauses pauses of the process in the measured part, in nanoseconds
/// @param processorsBusy mean share of the machine's processor time in use, 0..1; NaN when not known
/// @param backlog samples of the backlog
/// @param extraction layers that were built since the run began; null when there was no extraction
/// @param generator process of the load generator; null when it shared this one, or was lost
/// @param lost why the generator's process ended before the run; empty when it did not
record RunReadings(MemFuseConfig config, PoolResult pool, FirstAccessResult firstAccess, List<Point> points,
        List<String> changes, long gcMillis, Histogram pauses, double processorsBusy,
        List<BacklogWatch.Sample> backlog, @Nullable ExtractionResult extraction,
        @Nullable OwnProcess generator, Optional<String> lost) {
    private static final int MIB_BITS = 20;

    /// Returns the longest pause of the process in milliseconds.
    double longestHiccupMs() {
        return pauses.getMaxValue() / 1e6;
    }

    private Histogram generatorPauses() {
        return generator == null ? pauses : generator.pauses();
    }

    /// Returns the figures of a generator in its own process; null when it shared this one.
    @Nullable
    GeneratorResult ownGenerator() {
        return generator == null
                ? null
                : new GeneratorResult(generator.pid(), generator.heapLimitBytes() >> MIB_BITS,
                        generator.channel().getTotalCount(), Percentiles.of(generator.channel()),
                        generator.processorNanos() / 1e6, generator.gcMillis(),
                        generator.pauses().getMaxValue() / 1e6);
    }

    /// Returns whether the generator got its time.
    ///
    /// @param seconds length of the measured part
    GeneratorHealth health(double seconds) {
        return GeneratorHealth.of(processorsBusy, generator == null ? gcMillis : generator.gcMillis(),
                generatorPauses(), seconds);
    }

    /// Returns the time that an operation usually takes: the smallest median of a second, in milliseconds; 0 when none
    /// ended.
    double usualMs() {
        return points.stream().filter(point -> !point.warmup() && point.count() > 0).mapToDouble(Point::p50).min()
                .orElse(0);
    }
}
