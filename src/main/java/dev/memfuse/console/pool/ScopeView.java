package dev.memfuse.console.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;

/// Draws a [PoolScope]: connections in use and waiting threads as ranges, the limit as a line. FX thread only.
final class ScopeView extends Region {
    private static final double HEIGHT = 140;
    private static final double TOP = 6;
    /// Pixels of a column.
    private static final int COLUMN = 2;

    private final Polygon active = new Polygon();
    private final Polygon waiting = new Polygon();
    private final Line limit = new Line();
    private final Label limitLabel = new Label();
    private PoolScope.Columns columns = new PoolScope.Columns(1);

    ScopeView() {
        getStyleClass().add("pool-scope");
        active.getStyleClass().add("scope-active");
        waiting.getStyleClass().add("scope-waiting");
        limit.getStyleClass().add("scope-limit");
        limitLabel.getStyleClass().add("hint");
        getChildren().addAll(active, waiting, limit, limitLabel);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setMinWidth(0);
    }

    /// Shows the samples.
    void show(PoolScope scope) {
        columns = scope.columns(Math.max(1, (int) (getWidth() / COLUMN)));
        double height = HEIGHT - TOP;
        double scale = height / columns.top;
        active.getPoints().setAll(outline(columns.activeMin, columns.activeMax, scale));
        waiting.getPoints().setAll(outline(columns.waitingMin, columns.waitingMax, scale));
        double y = HEIGHT - columns.limit * scale;
        limit.setStartY(y);
        limit.setEndY(y);
        limit.setEndX(getWidth());
        limit.setVisible(columns.limit > 0);
        limitLabel.setVisible(columns.limit > 0);
        limitLabel.setText("limit " + columns.limit);
        int last = columns.activeMax.length - 1;
        setAccessibleText(columns.first > last
                ? "No samples yet"
                : String.format(Locale.ROOT, "In use %d to %d, waiting %d to %d, limit %d", columns.activeMin[last],
                        columns.activeMax[last], columns.waitingMin[last], columns.waitingMax[last], columns.limit));
        requestLayout();
    }

    /// Returns the outline of the ranges: along the maxima, and back along the minima. A range of one value has the
    /// height of a line.
    private static List<Double> outline(int[] min, int[] max, double scale) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < max.length; i++) {
            if (min[i] <= max[i]) {
                points.add((double) i * COLUMN);
                points.add(HEIGHT - max[i] * scale - 1);
            }
        }
        for (int i = max.length - 1; i >= 0; i--) {
            if (min[i] <= max[i]) {
                points.add((double) i * COLUMN);
                points.add(HEIGHT - min[i] * scale + 0.5);
            }
        }
        return points;
    }

    @Override
    protected void layoutChildren() {
        limitLabel.autosize();
        limitLabel.relocate(4, Math.max(0, limit.getStartY() + 2));
    }
}
