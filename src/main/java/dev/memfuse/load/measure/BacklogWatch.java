package dev.memfuse.load.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SnapshotInbox;

/// Records the messages and rounds that are acknowledged and not yet in the database, at most five times per second.
/// For one thread at a time.
public final class BacklogWatch implements AutoCloseable {
    private static final int CAPACITY = 256;
    private static final int MAX_SAMPLES = 90_000 * 5;
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final SnapshotInbox inbox;
    private final List<Sample> samples = new ArrayList<>();

    /// @param backlog messages in buffers and flushes, and rounds in the journal
    public record Sample(Instant at, long backlog) {}

    BacklogWatch(MetricsHub hub) {
        inbox = hub.subscribe(CAPACITY);
    }

    /// Reads the snapshots since the last call.
    synchronized void take() {
        for (MetricsSnapshot snapshot = inbox.poll(); snapshot != null; snapshot = inbox.poll()) {
            boolean due = samples.isEmpty()
                    || !snapshot.at().isBefore(samples.getLast().at().plus(INTERVAL));
            if (due && samples.size() < MAX_SAMPLES) {
                MetricsSnapshot.BufferSample buffers = snapshot.buffers();
                samples.add(new Sample(snapshot.at(), (long) buffers.round() + buffers.hybrid() + buffers.inFlight()
                        + snapshot.journal().rounds()));
            }
        }
    }

    /// Returns the samples so far, oldest first.
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    @Override
    public void close() {
        inbox.close();
    }
}
