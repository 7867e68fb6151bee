package dev.memfuse.console.lab.compare;

import java.util.List;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// The labels of a horizontal [RatioScale], for the heading of a forest plot. FX thread only.
final class RatioAxis extends Region {
    private static final double HEIGHT = 16;
    /// Smallest distance of two labels, as a part of the width.
    private static final double DISTANCE = 0.2;

    private final List<Double> ticks;
    private final RatioScale scale;

    RatioAxis(RatioScale scale) {
        this.scale = scale;
        this.ticks = scale.ticks(DISTANCE);
        getStyleClass().add("forest-axis");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        getChildren().setAll(ticks.stream().map(tick -> new Label(RatioScale.label(tick))).toList());
    }

    @Override
    protected void layoutChildren() {
        for (int i = 0; i < ticks.size(); i++) {
            Label label = (Label) getChildren().get(i);
            double width = label.prefWidth(-1);
            double x = scale.position(ticks.get(i)) * getWidth() - width / 2;
            label.resizeRelocate(Math.clamp(x, 0, Math.max(0, getWidth() - width)), 0, width, getHeight());
        }
    }
}
