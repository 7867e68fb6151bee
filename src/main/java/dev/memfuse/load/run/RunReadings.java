package dev.memfuse.load.run;

import java.util.List;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.LoadResult.ExtractionResult;
import dev.memfuse.load.LoadResult.FirstAccessResult;
import dev.memfuse.load.LoadResult.PoolResult;
import dev.memfuse.load.measure.BacklogWatch;
import org.jspecify.annotations.Nullable;

/// Values of the instruments of a run at the end of its drain, before the work after it.
///
/// @param config configuration in force at the end
/// @param gcMillis milliseconds of garbage collection in the measured part
/// @param longestHiccupMs longest pause of the process in the measured part
/// @param backlog samples of the backlog
/// @param extraction layers that were built since the run began; null when there was no extraction
record RunReadings(MemFuseConfig config, PoolResult pool, FirstAccessResult firstAccess, List<Point> points,
        List<String> changes, long gcMillis, double longestHiccupMs, List<BacklogWatch.Sample> backlog,
        @Nullable ExtractionResult extraction) {

    /// Returns the time that an operation usually takes: the smallest median of a second, in milliseconds; 0 when none
    /// ended.
    double usualMs() {
        return points.stream().filter(point -> !point.warmup() && point.count() > 0).mapToDouble(Point::p50).min()
                .orElse(0);
    }
}
