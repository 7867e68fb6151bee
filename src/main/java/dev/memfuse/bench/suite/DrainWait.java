package dev.memfuse.bench.suite;

import java.util.List;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.baseline.StorageStats;

/// Watches the way from the journal into the database: what was stored while callers were acknowledged, what was left when
/// they ended, and how fast that went. One thread.
final class DrainWait implements AutoCloseable {
    private final BenchTarget ground;
    private final List<UUID> users;
    private final StorageStats facts;
    private boolean warm;
    private long storedBefore;
    private long storedMeanwhile;
    private double meanwhileSeconds;
    private long largestBacklog;
    private long drained;
    private double drainSeconds;

    DrainWait(BenchTarget ground, List<SessionKey> sessions) {
        this.ground = ground;
        this.users = sessions.stream().map(SessionKey::userId).toList();
        this.facts = StorageStats.open(ground.target());
    }

    /// The callers of a slice ended: counts, and stores what is left. The first slice is the warm-up and counts for
    /// nothing.
    ///
    /// @param seconds how long it lasted
    void sliceEnded(double seconds) {
        long ended = System.nanoTime();
        long stored = facts.places(users);
        ground.engine().flush();
        double draining = (System.nanoTime() - ended) / 1e9;
        long everything = facts.places(users);
        if (warm) {
            storedMeanwhile += stored - storedBefore;
            meanwhileSeconds += seconds;
            largestBacklog = Math.max(largestBacklog, everything - stored);
            drained += everything - stored;
            drainSeconds += draining;
        }
        warm = true;
        storedBefore = everything;
    }

    List<BenchReport.Figure> figures(String what) {
        if (meanwhileSeconds == 0) {
            return List.of();
        }
        return List.of(
                BenchReport.Figure.of("stored meanwhile, " + what, storedMeanwhile / meanwhileSeconds,
                        "messages/s"),
                BenchReport.Figure.of("largest backlog at the end of a slice, " + what, (double) largestBacklog,
                        "messages"),
                BenchReport.Figure.of("drained afterwards, " + what,
                        drained == 0 ? null : (Double) (drained / drainSeconds), "messages/s"));
    }

    @Override
    public void close() {
        facts.close();
    }
}
