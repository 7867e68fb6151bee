package dev.memfuse.console.live;

import dev.memfuse.console.chart.data.SampleRing;

/// The samples of a chart: those of the last minutes, and before them those of the older history at a lower resolution.
/// Not thread-safe.
record LiveRing(SampleRing samples, SampleRing older) {

    /// @param capacity maximum number of samples of the last minutes
    /// @param olderCapacity maximum number of older samples
    static LiveRing of(int series, int capacity, int olderCapacity) {
        LiveRing ring = new LiveRing(new SampleRing(series, capacity), new SampleRing(series, olderCapacity));
        ring.samples.continues(ring.older);
        return ring;
    }

    /// Removes the samples of the last minutes.
    void clear() {
        samples.clear();
    }
}
