package dev.memfuse.console.live;

import java.util.List;

import dev.memfuse.console.chart.ChartCsv;
import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SliceGauge;

/// Samples of the program itself, one per second: pauses, processors and heap. Not thread-safe.
final class ProgramFeed {
    static final List<SliceGauge> PAUSES = List.of(SliceGauge.COLLECTOR_PAUSES, SliceGauge.HICCUP, SliceGauge.FORCE);
    static final List<SliceGauge> RESOURCES = List.of(SliceGauge.PROCESSORS, SliceGauge.HEAP);

    private final LiveRing pauses;
    private final LiveRing resources;

    /// @param samples capacity of each ring
    /// @param older capacity for older samples
    ProgramFeed(int samples, int older) {
        pauses = ring(LiveCharts.PAUSES, samples, older);
        resources = ring(LiveCharts.PROGRAM, samples, older);
    }

    private static LiveRing ring(ChartSpec spec, int samples, int older) {
        return LiveRing.of(spec.series().size(), samples, older);
    }

    /// @param at milliseconds since the epoch
    void accept(long at, MetricsSnapshot snapshot) {
        pauses.samples().append(at, values(PAUSES, snapshot));
        resources.samples().append(at, values(RESOURCES, snapshot));
    }

    private static double[] values(List<SliceGauge> gauges, MetricsSnapshot snapshot) {
        return gauges.stream().mapToDouble(gauge -> gauge.of(snapshot)).toArray();
    }

    List<LiveRing> rings() {
        return List.of(pauses, resources);
    }

    LiveRing pauses() {
        return pauses;
    }

    LiveRing resources() {
        return resources;
    }

    List<ChartCsv.Part> parts() {
        return List.of(new ChartCsv.Part(LiveCharts.PAUSES, pauses.samples()),
                new ChartCsv.Part(LiveCharts.PROGRAM, resources.samples()));
    }
}
