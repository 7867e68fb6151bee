package dev.memfuse.console.chart;

import java.time.Duration;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.console.chart.data.Span;

/// The stretch of time that all charts of a page show together, and the time under the pointer. FX thread only.
///
/// It follows the newest sample until the user zooms or pans, and again after [#reset]. While it follows it begins no
/// earlier than the first sample, so a short history fills the chart; it shows at least 20 seconds, though.
public final class TimeWindow {
    /// What [#cursor] holds while the pointer is over no chart.
    public static final long NO_CURSOR = Long.MIN_VALUE;
    private static final long SHORTEST_MILLIS = 2_000;
    private static final long SHORTEST_FOLLOWED_MILLIS = 20_000;

    private final ReadOnlyObjectWrapper<Span> span;
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyLongWrapper cursor = new ReadOnlyLongWrapper(this, "cursor", NO_CURSOR);
    private long length;
    private long newest;
    private long begin = Long.MIN_VALUE;

    /// @param length how much time is shown at most while it follows
    /// @param nowMillis the right end before the first sample, in milliseconds since the epoch
    public TimeWindow(Duration length, long nowMillis) {
        this.length = Math.max(SHORTEST_MILLIS, length.toMillis());
        this.newest = nowMillis;
        span = new ReadOnlyObjectWrapper<>(this, "span", new Span(nowMillis - this.length, nowMillis));
    }

    /// The time shown.
    public ReadOnlyObjectProperty<Span> spanProperty() {
        return span.getReadOnlyProperty();
    }

    public Span span() {
        return span.get();
    }

    /// Whether the right end is the newest sample.
    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    public boolean following() {
        return following.get();
    }

    /// The time under the pointer in milliseconds since the epoch, or [#NO_CURSOR].
    public ReadOnlyLongProperty cursorProperty() {
        return cursor.getReadOnlyProperty();
    }

    /// Moves the cross hair of every chart.
    public void cursor(long atMillis) {
        cursor.set(atMillis);
    }

    /// Says when the newest sample was taken; moves the window when it follows.
    public void newest(long atMillis) {
        newest = Math.max(newest, atMillis);
        if (following.get()) {
            span.set(followed());
        }
    }

    /// Says when the first sample was taken.
    public void begin(long atMillis) {
        begin = atMillis;
    }

    private Span followed() {
        long least = newest - Math.min(length, SHORTEST_FOLLOWED_MILLIS);
        return new Span(Math.max(newest - length, Math.min(begin, least)), newest);
    }

    /// Changes how much time is shown while following, and follows.
    public void length(Duration next) {
        length = Math.max(SHORTEST_MILLIS, next.toMillis());
        reset();
    }

    /// Shows the time between two instants, at least two seconds of it.
    public void zoom(long oneMillis, long otherMillis) {
        long from = Math.min(oneMillis, otherMillis);
        long to = Math.max(oneMillis, otherMillis);
        long missing = Math.max(0, SHORTEST_MILLIS - (to - from));
        following.set(false);
        span.set(new Span(from - missing / 2, to + missing - missing / 2));
    }

    /// Zooms by a factor around an instant; below 1 shows less time.
    public void zoomAround(long atMillis, double factor) {
        Span now = span.get();
        double share = (atMillis - now.from()) / (double) now.length();
        double wanted = Math.min(now.length() * factor, Duration.ofHours(1).toMillis());
        long from = Math.round(atMillis - wanted * share);
        zoom(from, from + Math.round(wanted));
    }

    /// Moves the window; a negative number of milliseconds goes back in time. Never goes past the newest sample.
    public void pan(long millis) {
        long step = Math.min(millis, newest - span.get().to());
        if (step != 0) {
            following.set(false);
            span.set(span.get().moved(step));
        }
    }

    /// Follows the newest sample again.
    public void reset() {
        following.set(true);
        span.set(followed());
    }
}
