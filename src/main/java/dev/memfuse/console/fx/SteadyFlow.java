package dev.memfuse.console.fx;

import javafx.scene.layout.FlowPane;

/// A flow of changing figures that keeps its height: as many lines as its usual width needs, and never fewer than once
/// were needed at the same width, so that what is below stays where it is. FX thread only.
public final class SteadyFlow extends FlowPane {
    private double usualWidth;
    private double lineHeight;
    private double highest;
    private double highestAt;

    /// Returns the width in pixels that all figures need in one line, when they are as long as usual.
    public double getUsualWidth() {
        return usualWidth;
    }

    public void setUsualWidth(double pixels) {
        usualWidth = pixels;
    }

    /// Returns the height of a line in pixels.
    public double getLineHeight() {
        return lineHeight;
    }

    public void setLineHeight(double pixels) {
        lineHeight = pixels;
    }

    @Override
    protected double computePrefHeight(double forWidth) {
        double width = forWidth < 0 ? getWidth() : forWidth;
        if (width != highestAt) {
            highestAt = width;
            highest = width <= 0 ? 0 : reserved(width);
        }
        // Without a width, a flow would answer for its wrap length, and the height would stay.
        highest = Math.max(highest, super.computePrefHeight(width > 0 ? width : -1));
        return highest;
    }

    private double reserved(double width) {
        double lines = Math.ceil(usualWidth / width);
        return lines * lineHeight + (lines - 1) * getVgap() + snappedTopInset() + snappedBottomInset();
    }
}
