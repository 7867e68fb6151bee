package dev.memfuse.console.chart;

import javafx.scene.canvas.Canvas;

import dev.memfuse.console.chart.data.Span;

/// Converts between times and positions on a canvas. From the span and not from the axis, which has the scale of the
/// last drawing until the next frame. FX thread only.
final class TimeScale {
    private final Canvas canvas;
    private Span span = new Span(0, 1);

    TimeScale(Canvas canvas) {
        this.canvas = canvas;
    }

    void show(Span next) {
        span = next;
    }

    /// Returns the position of a time in pixels from the left.
    double xOf(long millis) {
        return (millis - span.from()) * canvas.getWidth() / span.length();
    }

    /// Returns the time at a position, in milliseconds since the epoch.
    long timeAt(double x) {
        return span.from() + Math.round(x * span.length() / Math.max(1, canvas.getWidth()));
    }
}
