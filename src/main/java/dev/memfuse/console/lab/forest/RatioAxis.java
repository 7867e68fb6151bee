package dev.memfuse.console.lab.forest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// The labels of a horizontal [RatioScale], for the heading of a forest plot; as many as have room. FX thread only.
final class RatioAxis extends Region {
    private static final double HEIGHT = 16;
    private static final double GAP = 6;

    private final List<Double> ticks;
    private final RatioScale scale;

    RatioAxis(RatioScale scale) {
        this.scale = scale;
        // 1 has room always, then the ends.
        this.ticks = scale.ticks(0).stream()
                .sorted(Comparator.comparing((Double tick) -> tick != 1)
                        .thenComparingDouble(tick -> -Math.abs(Math.log(tick))))
                .toList();
        getStyleClass().add("forest-axis");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        getChildren().setAll(ticks.stream().map(tick -> new Label(RatioScale.label(tick))).toList());
    }

    @Override
    protected void layoutChildren() {
        List<double[]> taken = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i++) {
            Label label = (Label) getChildren().get(i);
            double width = label.prefWidth(-1);
            double x = Math.clamp(scale.position(ticks.get(i)) * getWidth() - width / 2, 0,
                    Math.max(0, getWidth() - width));
            boolean room = taken.stream().allMatch(other -> x + width + GAP < other[0] || x > other[1] + GAP);
            label.setVisible(room);
            if (room) {
                taken.add(new double[]{x, x + width});
                label.resizeRelocate(x, 0, width, getHeight());
            }
        }
    }
}
