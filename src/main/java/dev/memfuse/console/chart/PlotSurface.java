package dev.memfuse.console.chart;

import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// The drawn part of a chart over time, as gestures and overlay need it. FX thread only.
interface PlotSurface {
    /// Returns the axes with the drawing.
    Region chart();

    /// Returns the drawing.
    Canvas canvas();

    /// Returns the layer over the drawing.
    Pane foreground();

    /// Returns the position of a time, in milliseconds since the epoch, in pixels from the left.
    double xOf(long millis);

    /// Returns the time at a position.
    long timeAt(double x);
}
