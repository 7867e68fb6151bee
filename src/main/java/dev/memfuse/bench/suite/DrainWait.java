package dev.memfuse.bench.suite;

import java.util.List;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.baseline.StorageStats;

/// Drains the journal into the database after each slice and measures both: the messages stored while callers were
/// acknowledged, the backlog when they ended, and the rate of the drain. One thread.
final class DrainWait implements AutoCloseable {
    private final BenchTarget target;
    private final List<UUID> users;
    private final StorageStats stats;
    private boolean warm;
    private long storedBefore;
    private long storedDuringSlices;
    private double sliceSeconds;
    private long largestBacklog;
    private long drained;
    private double drainSeconds;

    DrainWait(BenchTarget target, List<SessionKey> sessions) {
        this.target = target;
        this.users = sessions.stream().map(SessionKey::userId).toList();
        this.stats = target.openStorageStats();
    }

    /// Counts the stored messages at the end of a slice and stores the backlog. The first slice is the warm-up and is
    /// not counted. Blocks.
    ///
    /// @param seconds duration of the slice
    void sliceEnded(double seconds) {
        long ended = System.nanoTime();
        long stored = stats.places(users);
        target.engine().flush();
        double draining = (System.nanoTime() - ended) / 1e9;
        long storedAfter = stats.places(users);
        if (warm) {
            storedDuringSlices += stored - storedBefore;
            sliceSeconds += seconds;
            largestBacklog = Math.max(largestBacklog, storedAfter - stored);
            drained += storedAfter - stored;
            drainSeconds += draining;
        }
        warm = true;
        storedBefore = storedAfter;
    }

    /// Returns the figures of all counted slices; empty when there was none.
    ///
    /// @param what the conditions, part of each figure's name
    List<BenchReport.Figure> figures(String what) {
        if (sliceSeconds == 0) {
            return List.of();
        }
        return List.of(
                BenchReport.Figure.of("stored meanwhile, " + what, storedDuringSlices / sliceSeconds, "messages/s"),
                BenchReport.Figure.of("largest backlog at the end of a slice, " + what, (double) largestBacklog,
                        "messages"),
                BenchReport.Figure.of("drained afterwards, " + what,
                        drained == 0 ? null : (Double) (drained / drainSeconds), "messages/s"));
    }

    @Override
    public void close() {
        stats.close();
    }
}
