package dev.memfuse.console.chart;

import java.time.Duration;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.console.chart.data.Span;
import org.jspecify.annotations.Nullable;

/// The time span of all charts of a page, the selected part of it, and the time at the pointer. FX thread only.
///
/// It follows the newest sample until the user zooms or pans, and again after [#reset]. While following, it starts no
/// earlier than the first sample, so that a short history fills the chart, and lasts at least 20 seconds.
///
/// The selection is a span of absolute time: it stays where it is while the window moves. The crosshair is a moment: it
/// ends when the window no longer shows it.
public final class TimeWindow {
    /// Value of the cursor while the pointer is over no chart.
    public static final long NO_CURSOR = Long.MIN_VALUE;
    private static final long MIN_MILLIS = 2_000;
    private static final long MIN_FOLLOWED_MILLIS = 20_000;
    private static final long MIN_SELECTED_MILLIS = 1_000;
    private static final Duration LONGEST = Duration.ofHours(2);

    private final ReadOnlyObjectWrapper<Span> span;
    private final ReadOnlyObjectWrapper<@Nullable Span> selection = new ReadOnlyObjectWrapper<>(this, "selection");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyLongWrapper cursor = new ReadOnlyLongWrapper(this, "cursor", NO_CURSOR);
    private boolean cursorByKey;
    private long length;
    private long newest;
    private long begin = Long.MIN_VALUE;

    /// @param length maximum length while following
    /// @param nowMillis right end before the first sample, in milliseconds since the epoch
    public TimeWindow(Duration length, long nowMillis) {
        this.length = Math.max(MIN_MILLIS, length.toMillis());
        this.newest = nowMillis;
        span = new ReadOnlyObjectWrapper<>(this, "span", new Span(nowMillis - this.length, nowMillis));
    }

    /// Returns the visible time span.
    public ReadOnlyObjectProperty<Span> spanProperty() {
        return span.getReadOnlyProperty();
    }

    /// Returns the visible time span.
    public Span span() {
        return span.get();
    }

    /// Returns whether the right end follows the newest sample.
    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    /// Returns whether the right end follows the newest sample.
    public boolean following() {
        return following.get();
    }

    /// Returns the time at the pointer in milliseconds since the epoch, or [#NO_CURSOR].
    public ReadOnlyLongProperty cursorProperty() {
        return cursor.getReadOnlyProperty();
    }

    /// Moves the crosshair of all charts.
    ///
    /// @param atMillis milliseconds since the epoch, or [#NO_CURSOR]
    public void cursor(long atMillis) {
        cursorByKey = false;
        cursor.set(atMillis);
    }

    /// Moves the crosshair by a key: it stays there while a resting pointer is over a chart.
    void moveCursor(long atMillis) {
        cursorByKey = true;
        cursor.set(atMillis);
    }

    /// Shows the newest values of all charts again, without a crosshair.
    public void clearCursor() {
        cursor(NO_CURSOR);
    }

    /// Shows another time. A crosshair that is no longer in it ends: its values would be taken for those of now.
    private void show(Span next) {
        span.set(next);
        long at = cursor.get();
        if (at != NO_CURSOR && (at < next.from() || at > next.to())) {
            clearCursor();
        }
    }

    /// Returns whether a key moved the crosshair last.
    boolean cursorByKey() {
        return cursorByKey;
    }

    /// Returns the selected span; null without one.
    public ReadOnlyObjectProperty<@Nullable Span> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    /// Selects the time between two instants in any order, at least one second.
    public void select(long oneMillis, long otherMillis) {
        long from = Math.min(oneMillis, otherMillis);
        selection.set(new Span(from, Math.max(Math.max(oneMillis, otherMillis), from + MIN_SELECTED_MILLIS)));
    }

    /// Selects what was selected before.
    void restoreSelection(@Nullable Span before) {
        selection.set(before);
    }

    /// Selects nothing.
    public void clearSelection() {
        selection.set(null);
    }

    /// Shows the selection alone.
    public void zoomToSelection() {
        Span selected = selection.get();
        if (selected != null) {
            zoom(selected.from(), selected.to());
        }
    }

    /// Sets the time of the newest sample; moves a following window.
    public void newest(long atMillis) {
        newest = Math.max(newest, atMillis);
        if (following.get()) {
            show(followed());
        }
    }

    /// Returns the time of the newest sample, in milliseconds since the epoch.
    long newest() {
        return newest;
    }

    /// Sets the time of the first sample.
    public void begin(long atMillis) {
        begin = atMillis;
    }

    private Span followed() {
        long least = newest - Math.min(length, MIN_FOLLOWED_MILLIS);
        return new Span(Math.max(newest - length, Math.min(begin, least)), newest);
    }

    /// Sets the maximum length while following, and follows the newest sample.
    public void length(Duration next) {
        length = Math.max(MIN_MILLIS, next.toMillis());
        reset();
    }

    /// Shows the time between two instants in any order, at least two seconds.
    public void zoom(long oneMillis, long otherMillis) {
        long from = Math.min(oneMillis, otherMillis);
        long to = Math.max(oneMillis, otherMillis);
        long missing = Math.max(0, MIN_MILLIS - (to - from));
        following.set(false);
        show(new Span(from - missing / 2, to + missing - missing / 2));
    }

    /// Zooms by a factor around an instant. A factor below 1 shows less time; the maximum length is two hours.
    public void zoomAround(long atMillis, double factor) {
        Span now = span.get();
        double share = (atMillis - now.from()) / (double) now.length();
        double length = Math.min(now.length() * factor, LONGEST.toMillis());
        long from = Math.round(atMillis - length * share);
        zoom(from, from + Math.round(length));
    }

    /// Moves the window; negative values go back in time. Stops at the newest sample.
    public void pan(long millis) {
        long step = millis > 0 ? Math.clamp(newest - span.get().to(), 0, millis) : millis;
        if (step != 0) {
            following.set(false);
            show(span.get().moved(step));
        }
    }

    /// Follows the newest sample again.
    public void reset() {
        following.set(true);
        show(followed());
    }
}
