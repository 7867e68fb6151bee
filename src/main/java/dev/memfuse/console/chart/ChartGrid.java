package dev.memfuse.console.chart;

import java.util.List;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// Lays out charts in two columns, or in one where the headings of two would not fit; a chart that is alone in the last
/// row fills it. Fills the available height; its minimum height keeps each row readable.
public final class ChartGrid extends Region {
    private static final double TWO_COLUMNS_FROM = 790;
    private static final double MIN_ROW = 152;
    private static final double MIN_SINGLE_ROW = 230;
    private static final double GAP = 8;

    public ChartGrid() {
        getStyleClass().add("chart-grid");
    }

    /// Replaces the charts.
    public void show(List<LiveChart> charts) {
        getChildren().setAll(charts.stream().map(LiveChart::view).toList());
    }

    /// Replaces the charts by panels of the size of a chart.
    public void showPanels(List<? extends Region> panels) {
        getChildren().setAll(panels);
    }

    private int columns(double width) {
        return width >= TWO_COLUMNS_FROM ? 2 : 1;
    }

    private int rows(int columns) {
        return (getManagedChildren().size() + columns - 1) / columns;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        int columns = columns(width < 0 ? getWidth() : width);
        int rows = rows(columns);
        double row = columns == 1 ? MIN_SINGLE_ROW : MIN_ROW;
        Insets insets = getInsets();
        return insets.getTop() + insets.getBottom() + rows * row + Math.max(0, rows - 1) * GAP;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        int columns = columns(getWidth());
        int rows = Math.max(1, rows(columns));
        double width = (getWidth() - insets.getLeft() - insets.getRight() - (columns - 1) * GAP) / columns;
        double height = (getHeight() - insets.getTop() - insets.getBottom() - (rows - 1) * GAP) / rows;
        int index = 0;
        for (Node child : getManagedChildren()) {
            int column = index % columns;
            double x = insets.getLeft() + column * (width + GAP);
            int row = index / columns;
            double y = insets.getTop() + row * (height + GAP);
            boolean alone = column == 0 && index == getManagedChildren().size() - 1;
            double span = alone ? getWidth() - insets.getLeft() - insets.getRight() : width;
            child.resizeRelocate(Math.floor(x), Math.floor(y), Math.floor(span), Math.floor(height));
            index++;
        }
    }
}
