package dev.memfuse.console.fx;

import java.util.List;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/// Lays its children out beside one another, as wide as one another, where each gets its least width; otherwise one
/// below the other. Cards of a page use the width of a large screen so. FX thread only.
public final class SideBySide extends Pane {
    private static final double LEAST_WIDTH = 560;
    private static final double GAP = 16;

    private final DoubleProperty leastWidth = new SimpleDoubleProperty(this, "leastWidth", LEAST_WIDTH);

    /// Creates an empty row.
    public SideBySide() {
        leastWidth.subscribe((_, _) -> requestLayout());
    }

    /// Width in pixels that each child gets at least when they are beside one another; initially 560.
    public DoubleProperty leastWidthProperty() {
        return leastWidth;
    }

    /// Sets the width in pixels that each child gets at least when they are beside one another.
    public void setLeastWidth(double width) {
        leastWidth.set(width);
    }

    /// Returns the width in pixels that each child gets at least when they are beside one another.
    public double getLeastWidth() {
        return leastWidth.get();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return getManagedChildren().stream().mapToDouble(child -> child.minWidth(-1)).max().orElse(0) + sides();
    }

    @Override
    protected double computePrefWidth(double height) {
        return getManagedChildren().stream().mapToDouble(child -> child.prefWidth(-1)).max().orElse(0) + sides();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        List<Node> shown = getManagedChildren();
        double inside = (width < 0 ? getWidth() : width) - sides();
        boolean beside = beside(shown.size(), inside);
        double each = each(shown.size(), inside, beside);
        double height = 0;
        for (Node child : shown) {
            double own = child.prefHeight(each);
            height = beside ? Math.max(height, own) : height + own;
        }
        Insets insets = getInsets();
        return height + (beside ? 0 : GAP * Math.max(0, shown.size() - 1)) + insets.getTop() + insets.getBottom();
    }

    @Override
    protected void layoutChildren() {
        List<Node> shown = getManagedChildren();
        Insets insets = getInsets();
        double inside = getWidth() - sides();
        boolean beside = beside(shown.size(), inside);
        double each = each(shown.size(), inside, beside);
        double x = insets.getLeft();
        double y = insets.getTop();
        for (Node child : shown) {
            double height = beside ? getHeight() - insets.getTop() - insets.getBottom() : child.prefHeight(each);
            child.resizeRelocate(snapPositionX(x), snapPositionY(y), each, snapSizeY(height));
            if (beside) {
                x += each + GAP;
            } else {
                y += snapSizeY(height) + GAP;
            }
        }
    }

    private double sides() {
        return getInsets().getLeft() + getInsets().getRight();
    }

    private boolean beside(int count, double inside) {
        return count > 1 && inside >= count * leastWidth.get() + (count - 1) * GAP;
    }

    private double each(int count, double inside, boolean beside) {
        return beside ? Math.floor((inside - GAP * (count - 1)) / count) : inside;
    }
}
