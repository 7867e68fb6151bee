package dev.memfuse.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.console.chart.ChartCsv;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Preferences;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.alert.MetricLimit;
import org.jspecify.annotations.Nullable;

/// View model of the Live page. FX thread only.
public final class LiveViewModel {
    /// Initial length of the time window.
    static final Duration FIRST_LENGTH = Duration.ofMinutes(2);
    /// Distance from the newest sample within which a moved window is redrawn.
    private static final long EDGE_MILLIS = 1_000;
    /// Time before and after a moment that is asked for.
    private static final long AROUND_MILLIS = 15_000;
    /// A frame may be this much earlier than the redraw that it is to show.
    private static final long EARLY = TimeUnit.MILLISECONDS.toNanos(10);

    private final MetricsHub hub;
    private final Clock clock;
    private final Supplier<BufferConfig> settings;
    private final ObservableValue<@Nullable MetricsSnapshot> shown;
    private final LiveFeed feed = new LiveFeed();
    private final OlderFeed older = new OlderFeed(feed);
    private final LiveTiles tiles = new LiveTiles();
    private final LiveDurability durability = new LiveDurability();
    private final TimeWindow window;
    private final ObjectProperty<Operation> latencyOperation = new SimpleObjectProperty<>(this, "latencyOperation",
            Operation.ADD);
    private final ReadOnlyBooleanWrapper paused = new ReadOnlyBooleanWrapper(this, "paused");
    private final ReadOnlyStringWrapper pausedNote = new ReadOnlyStringWrapper(this, "pausedNote", "");
    private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(this, "empty", true);
    private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper(this, "cost",
            DrawingCost.UNKNOWN);
    private final Supplier<List<MetricLimit>> limits;
    private long drawEvery;
    private @Nullable MetricsSnapshot last;
    private long lastDrawing;
    private boolean drawn;

    LiveViewModel(LiveSources sources) {
        this.limits = sources.limits();
        this.hub = sources.hub();
        this.clock = sources.clock();
        this.settings = sources.buffers();
        this.shown = sources.shown();
        this.window = new TimeWindow(FIRST_LENGTH, clock.millis());
        redraws(Preferences.REDRAWS);
        latencyOperation.addListener((_, _, _) -> showTiles());
        shown.subscribe(_ -> {
            if (!paused.get()) {
                showTiles();
            }
        });
    }

    /// Returns the limits of alert rules and objectives in force.
    List<MetricLimit> limits() {
        return limits.get();
    }

    /// Sets the maximum number of redraws per second.
    void redraws(int perSecond) {
        drawEvery = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /// Reads the complete history, for a page that was hidden or paused.
    void refill() {
        if (paused.get()) {
            return;
        }
        readOlder();
        feed.clear();
        last = null;
        hub.history().forEach(this::take);
        showTiles();
        empty.set(!feed.hasOperations());
        followNewest();
    }

    /// Adds the snapshots that arrived since the last frame.
    ///
    /// @param nowNanos clock that limits the redraw rate, in nanoseconds
    /// @return whether the charts are due for a redraw; the caller then calls [#followNewest]
    boolean accept(List<MetricsSnapshot> snapshots, long nowNanos) {
        if (paused.get() || snapshots.isEmpty()) {
            return false;
        }
        snapshots.forEach(this::take);
        empty.set(!feed.hasOperations());
        if (drawn && nowNanos - lastDrawing < drawEvery - EARLY) {
            return false;
        }
        lastDrawing = nowNanos;
        drawn = true;
        readOlder();
        showTiles();
        return true;
    }

    private void take(MetricsSnapshot snapshot) {
        feed.accept(snapshot);
        if (last == null) {
            window.begin(begin().orElse(snapshot.at()).toEpochMilli());
        }
        last = snapshot;
    }

    private void readOlder() {
        older.accept(hub.slices().coarseSince(older.until()));
    }

    /// Returns the begin of the history; empty without one.
    private Optional<Instant> begin() {
        List<MetricsSlice> slices = hub.slices().all();
        return slices.isEmpty() ? Optional.empty() : Optional.of(slices.getFirst().from());
    }

    /// Returns the distributions of the chosen operation in a span, for the heat map.
    List<HeatColumn> heat(Span span) {
        Instant from = Instant.ofEpochMilli(span.from());
        Instant to = Instant.ofEpochMilli(span.to());
        return hub.slices().all().stream().filter(slice -> slice.to().isAfter(from) && slice.from().isBefore(to))
                .map(slice -> new HeatColumn(slice.from().toEpochMilli(), slice.to().toEpochMilli(), slice.seconds(),
                        slice.operation(latencyOperation.get()).latency()))
                .toList();
    }

    /// Shows the snapshot of the status bar, so that no two figures of the window contradict each other.
    private void showTiles() {
        MetricsSnapshot snapshot = shown.getValue() == null ? last : shown.getValue();
        if (snapshot != null) {
            tiles.show(snapshot, latencyOperation.get());
            durability.show(snapshot, settings.get());
        }
    }

    /// Moves a following time window to the newest sample; its charts redraw.
    void followNewest() {
        if (last != null) {
            window.newest(last.at().toEpochMilli());
        }
    }

    /// Shows the charts around a moment, with the crosshair on it.
    ///
    /// @return false when the history no longer holds that moment
    boolean show(Instant moment) {
        List<MetricsSnapshot> history = hub.history();
        if (history.isEmpty() || moment.isAfter(history.getLast().at())) {
            return false;
        }
        boolean older = moment.isBefore(history.getFirst().at());
        if (older && begin().filter(begin -> !moment.isBefore(begin)).isEmpty()) {
            return false;
        }
        window.zoom(moment.toEpochMilli() - AROUND_MILLIS, moment.toEpochMilli() + AROUND_MILLIS);
        window.cursor(moment.toEpochMilli());
        return true;
    }

    /// Returns whether a moved window includes the newest sample.
    boolean showsNewest() {
        return last != null && window.span().to() >= last.at().toEpochMilli() - EDGE_MILLIS;
    }

    /// Pauses or resumes the view. Measuring continues, and resuming adds the missed samples.
    public void pause(Pausing pausing) {
        paused.set(pausing == Pausing.PAUSE);
        if (paused.get()) {
            pausedNote.set("Paused at " + Formats.timeOfDay(clock.instant())
                    + ". Measuring continues; resume to catch up.");
        } else {
            pausedNote.set("");
            refill();
        }
    }

    /// Action of [#pause].
    public enum Pausing {
        PAUSE,
        RESUME
    }

    /// Shows the drawing cost of this page.
    void cost(DrawingCost now) {
        cost.set(now.text());
    }

    /// Returns the marks of all charts.
    List<EventMark> marks() {
        return hub.marks();
    }

    /// Returns the samples in the time window as CSV.
    ///
    /// @param baseline samples that are drawn beneath the others; null for none
    String csv(@Nullable BaselineSamples baseline) {
        List<ChartCsv.Part> parts = new ArrayList<>(List.of(new ChartCsv.Part(LiveCharts.THROUGHPUT, feed.throughput()),
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Latency of add"), feed.latency(Operation.ADD)),
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Latency of query"), feed.latency(Operation.QUERY)),
                new ChartCsv.Part(LiveCharts.LATENCY.titled("Latency of list"), feed.latency(Operation.LIST)),
                new ChartCsv.Part(LiveCharts.POOL, feed.pool()),
                new ChartCsv.Part(LiveCharts.STAGE_TIMES, feed.stages()),
                new ChartCsv.Part(LiveCharts.BUFFERS, feed.buffers()),
                new ChartCsv.Part(LiveCharts.ERRORS, feed.errors())));
        parts.addAll(feed.program().parts());
        parts.addAll(feed.journal().parts());
        if (baseline != null) {
            parts.addAll(baseline.parts());
        }
        return ChartCsv.table(parts, window.span());
    }

    LiveFeed feed() {
        return feed;
    }

    /// Returns whether a percentile of the shown latency is rough.
    boolean isRough(int series, int index) {
        return feed.isRough(latencyOperation.get(), series, index);
    }

    SampleRing latency() {
        return feed.latency(latencyOperation.get());
    }

    /// Returns the tiles.
    public LiveTiles tiles() {
        return tiles;
    }

    /// Returns the figures of durability and journal.
    public LiveDurability durability() {
        return durability;
    }

    /// Returns the time window of all charts.
    public TimeWindow window() {
        return window;
    }

    /// Returns the operation whose latency is shown: add, query or list.
    public ObjectProperty<Operation> latencyOperationProperty() {
        return latencyOperation;
    }

    /// Returns whether the view is paused.
    public ReadOnlyBooleanProperty pausedProperty() {
        return paused.getReadOnlyProperty();
    }

    /// Returns the start of the pause as text; empty while the view is not paused.
    public ReadOnlyStringProperty pausedNoteProperty() {
        return pausedNote.getReadOnlyProperty();
    }

    /// Returns whether the history contains no operation.
    public ReadOnlyBooleanProperty emptyProperty() {
        return empty.getReadOnlyProperty();
    }

    /// Returns the drawing cost as one line.
    public ReadOnlyStringProperty costProperty() {
        return cost.getReadOnlyProperty();
    }
}
