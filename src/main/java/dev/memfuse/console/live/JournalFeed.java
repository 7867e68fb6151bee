package dev.memfuse.console.live;

import java.util.List;

import dev.memfuse.console.chart.ChartCsv;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;

/// Samples of the journal for the CSV export. Not thread-safe.
final class JournalFeed {
    private final SampleRing size;
    private final SampleRing times;

    /// @param samples capacity of each ring
    JournalFeed(int samples) {
        size = new SampleRing(LiveCharts.JOURNAL_SIZE.series().size(), samples);
        times = new SampleRing(LiveCharts.JOURNAL_TIMES.series().size(), samples);
    }

    void clear() {
        List.of(size, times).forEach(SampleRing::clear);
    }

    /// @param at milliseconds since the epoch
    void accept(long at, JournalSample journal) {
        size.append(at, journal.bytes());
        // An infinite time is not a value; leave a gap.
        double drain = Double.isFinite(journal.drainSeconds()) ? journal.drainSeconds() : Double.NaN;
        times.append(at, journal.oldestSeconds(), drain);
    }

    List<ChartCsv.Part> parts() {
        return List.of(new ChartCsv.Part(LiveCharts.JOURNAL_SIZE, size),
                new ChartCsv.Part(LiveCharts.JOURNAL_TIMES, times));
    }
}
