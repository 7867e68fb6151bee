package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javafx.animation.AnimationTimer;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.SnapshotInbox;
import org.jspecify.annotations.Nullable;

/// Delivers metrics to the FX thread: once per frame, at most [#MAX_PER_FRAME] snapshots, oldest first.
///
/// Runs between [#start] and [#stop] only. A page starts it when shown and stops it when hidden, because a running
/// timer makes JavaFX pulse even when nothing changes. FX thread only.
public final class FramePump {
    /// Maximum number of snapshots per frame; the rest is delivered in the next frame.
    public static final int MAX_PER_FRAME = 32;
    private static final int INBOX = 256;

    private final MetricsHub hub;
    private final Consumer<List<MetricsSnapshot>> sink;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            try {
                drain();
            } catch (Throwable e) {
                // JavaFX would print it 60 times a second and skip the other animations of the frame.
                BackgroundHealth.report("window frames", e);
            }
        }
    };
    private @Nullable SnapshotInbox inbox;

    /// @param sink receives the snapshots of a frame on the FX thread; not called for a frame without snapshots
    public FramePump(MetricsHub hub, Consumer<List<MetricsSnapshot>> sink) {
        this.hub = hub;
        this.sink = sink;
    }

    /// Subscribes and starts delivery. Does nothing when already started.
    public void start() {
        if (inbox == null) {
            inbox = hub.subscribe(INBOX);
            timer.start();
        }
    }

    /// Ends the subscription. Does nothing when stopped.
    public void stop() {
        timer.stop();
        if (inbox != null) {
            inbox.close();
            inbox = null;
        }
    }

    /// Returns the number of snapshots lost since the start because frames were too slow.
    public long dropped() {
        return inbox == null ? 0 : inbox.dropped();
    }

    /// Delivers pending snapshots. Called by the timer in each frame.
    void drain() {
        SnapshotInbox from = inbox;
        if (from == null) {
            return;
        }
        List<MetricsSnapshot> batch = new ArrayList<>();
        MetricsSnapshot next = from.poll();
        while (next != null) {
            batch.add(next);
            next = batch.size() < MAX_PER_FRAME ? from.poll() : null;
        }
        if (!batch.isEmpty()) {
            sink.accept(List.copyOf(batch));
        }
    }
}
