package dev.memfuse.console.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.console.chart.ChartCsv;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import org.jspecify.annotations.Nullable;

/// What the Live page shows, without nodes. FX thread only.
public final class LiveViewModel {
    /// How much time is shown at first, once so much history is there.
    static final Duration FIRST_LENGTH = Duration.ofMinutes(2);
    /// Four drawings per second: more would cost a processor without showing more.
    private static final long EDGE_MILLIS = 1_000;
    private static final long DRAW_EVERY = TimeUnit.MILLISECONDS.toNanos(240);

    private final MetricsHub hub;
    private final Clock clock;
    private final Supplier<BufferConfig> settings;
    private final LiveFeed feed = new LiveFeed();
    private final LiveTiles tiles = new LiveTiles();
    private final LiveDurability durability = new LiveDurability();
    private final TimeWindow window;
    private final ObjectProperty<Operation> timed = new SimpleObjectProperty<>(this, "timed", Operation.ADD);
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper(this, "paused");
    private final ReadOnlyStringWrapper pausedNote = new ReadOnlyStringWrapper(this, "pausedNote", "");
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(this, "empty", true);
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper(this, "cost",
            "This page costs: being measured");
    private @Nullable MetricsSnapshot last;
    private long lastDrawing;
    private boolean drawn;

    LiveViewModel(LiveSources sources) {
        this.hub = sources.hub();
        this.clock = sources.clock();
        this.settings = sources.buffers();
        this.window = new TimeWindow(FIRST_LENGTH, clock.millis());
        timed.addListener((_, _, _) -> showTiles());
    }

    /// Fills everything from the history; for a page that was hidden or paused.
    void refill() {
        if (paused.get()) {
            return;
        }
        feed.clear();
        last = null;
        hub.history().forEach(this::take);
        showTiles();
        empty.set(!feed.operated());
        followNewest();
    }

    /// Takes what arrived since the last frame.
    ///
    /// @param nowNanos a clock for the pace of drawing, in nanoseconds
    /// @return whether the charts should be drawn now; then the caller calls [#followNewest]
    boolean accept(List<MetricsSnapshot> snapshots, long nowNanos) {
        if (paused.get() || snapshots.isEmpty()) {
            return false;
        }
        snapshots.forEach(this::take);
        empty.set(!feed.operated());
        if (drawn && nowNanos - lastDrawing < DRAW_EVERY) {
            return false;
        }
        lastDrawing = nowNanos;
        drawn = true;
        showTiles();
        return true;
    }

    private void take(MetricsSnapshot snapshot) {
        feed.accept(snapshot);
        if (last == null) {
            window.begin(snapshot.at().toEpochMilli());
        }
        last = snapshot;
    }

    private void showTiles() {
        if (last != null) {
            tiles.show(last, timed.get());
            durability.show(last, settings.get());
        }
    }

    /// Moves the time window to the newest sample; charts that follow it redraw then.
    void followNewest() {
        if (last != null) {
            window.newest(last.at().toEpochMilli());
        }
    }

    /// Whether the window, though the user moved it, reaches the newest sample.
    boolean showsNewest() {
        return last != null && window.span().to() >= last.at().toEpochMilli() - EDGE_MILLIS;
    }

    /// Stops or resumes the view. Measuring goes on, and resuming shows what was missed.
    public void pause(Pausing pausing) {
        paused.set(pausing == Pausing.PAUSE);
        if (paused.get()) {
            pausedNote.set("Paused at " + Formats.timeOfDay(clock.instant())
                    + ". Measuring goes on; resume to catch up.");
        } else {
            pausedNote.set("");
            refill();
        }
    }

    /// What [#pause] does.
    public enum Pausing {
        PAUSE,
        RESUME
    }

    /// Shows what drawing this page costs.
    ///
    /// @param frameMillis FX time per frame, 99th percentile
    /// @param fxShare share of one processor used by the FX thread, 0..1
    /// @param renderShare the same of the render thread
    /// @param dropped snapshots lost because frames came too slowly
    void cost(double frameMillis, double fxShare, double renderShare, long dropped) {
        cost.set("This page costs: FX %s ms per frame (p99), FX thread %s, render thread %s · %s snapshots dropped"
                .formatted(Formats.millis(frameMillis), Formats.percent(fxShare), Formats.percent(renderShare),
                        Formats.count(dropped)));
    }

    /// The marks to show on each chart.
    List<EventMark> marks() {
        return hub.marks();
    }

    /// The window's samples as CSV.
    String csv() {
        List<ChartCsv.Part> parts = new ArrayList<>(List.of(new ChartCsv.Part(LiveCharts.THROUGHPUT, feed.throughput()),
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Latency of add"), feed.latency(Operation.ADD)),
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Latency of query"), feed.latency(Operation.QUERY)),
                new ChartCsv.Part(LiveCharts.POOL, feed.pool()),
                new ChartCsv.Part(LiveCharts.STAGE_TIMES, feed.stages()),
                new ChartCsv.Part(LiveCharts.BUFFERS, feed.buffers()),
                new ChartCsv.Part(LiveCharts.ERRORS, feed.errors())));
        parts.addAll(feed.journal().parts());
        return ChartCsv.table(parts, window.span());
    }

    LiveFeed feed() {
        return feed;
    }

    SampleRing latency() {
        return feed.latency(timed.get());
    }

    /// The numbers of this moment.
    public LiveTiles tiles() {
        return tiles;
    }

    /// What an acknowledgement is worth at this moment, and what waits in the journal.
    public LiveDurability durability() {
        return durability;
    }

    /// The time that all charts show.
    public TimeWindow window() {
        return window;
    }

    /// Whose latency is shown: add or query.
    public ObjectProperty<Operation> timedProperty() {
        return timed;
    }

    public ReadOnlyBooleanProperty pausedProperty() {
        return paused.getReadOnlyProperty();
    }

    /// Since when the view stands still; empty while it does not.
    public ReadOnlyStringProperty pausedNoteProperty() {
        return pausedNote.getReadOnlyProperty();
    }

    /// Whether no operation took place in the history.
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /// What drawing costs, as one line.
    public ReadOnlyStringProperty costProperty() {
        return cost.getReadOnlyProperty();
    }
}
