package dev.memfuse.console.fx;

import java.util.List;
import java.util.stream.IntStream;

import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A row of nodes that breaks into several of about the same number of nodes where its width is too small for one:
/// otherwise it would push the page out of the window. One row is laid out as in an [HBox]. FX thread only.
public final class WrappingRow extends HBox {
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double gap() {
        return snapSpaceX(getSpacing());
    }

    private double inner(double width) {
        Insets insets = getInsets();
        return width - snapSpaceX(insets.getLeft()) - snapSpaceX(insets.getRight());
    }

    private double min(List<Node> row) {
        return row.stream().mapToDouble(node -> snapSizeX(node.minWidth(-1))).sum() + gap() * (row.size() - 1);
    }

    private double height(List<Node> row) {
        return row.stream().mapToDouble(node -> snapSizeY(node.prefHeight(-1))).max().orElse(0);
    }

    /// Returns the nodes of each row; one row when they fit in it.
    private List<List<Node>> rows(double width) {
        List<Node> nodes = getManagedChildren();
        for (int count = 1; count < nodes.size(); count++) {
            List<List<Node>> rows = split(nodes, count);
            if (rows.stream().allMatch(row -> min(row) <= inner(width) + 0.5)) {
                return rows;
            }
        }
        return split(nodes, nodes.size());
    }

    private static List<List<Node>> split(List<Node> nodes, int count) {
        int size = Math.ceilDiv(nodes.size(), Math.max(1, count));
        return IntStream.range(0, Math.ceilDiv(nodes.size(), Math.max(1, size)))
                .mapToObj(row -> nodes.subList(row * size, Math.min(nodes.size(), (row + 1) * size))).toList();
    }

    @Override
    protected double computeMinWidth(double height) {
        double widest = getManagedChildren().stream().mapToDouble(node -> snapSizeX(node.minWidth(-1))).max().orElse(0);
        return widest - inner(0);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        List<List<Node>> rows = width < 0 ? List.of() : rows(width);
        if (rows.size() <= 1) {
            return super.computePrefHeight(width);
        }
        Insets insets = getInsets();
        return snapSpaceY(insets.getTop()) + snapSpaceY(insets.getBottom()) + gap() * (rows.size() - 1)
                + rows.stream().mapToDouble(this::height).sum();
    }

    @Override
    protected void layoutChildren() {
        List<List<Node>> rows = rows(getWidth());
        if (rows.size() <= 1) {
            super.layoutChildren();
            return;
        }
        double y = snapSpaceY(getInsets().getTop());
        for (List<Node> row : rows) {
            double height = height(row);
            layoutRow(row, y, height);
            y += height + gap();
        }
    }

    /// Gives each node its least width, then as much of its preferred one as there is, and the rest to those that grow.
    private void layoutRow(List<Node> row, double y, double height) {
        double left = Math.max(0, inner(getWidth()) - min(row));
        double wanted = row.stream().mapToDouble(WrappingRow::wanted).sum();
        double share = wanted <= 0 ? 0 : Math.min(1, left / wanted);
        long growing = row.stream().filter(WrappingRow::grows).count();
        double rest = growing == 0 ? 0 : Math.max(0, left - wanted) / growing;
        double x = snapSpaceX(getInsets().getLeft());
        for (Node node : row) {
            double width = Math.floor(snapSizeX(node.minWidth(-1)) + wanted(node) * share + (grows(node) ? rest : 0));
            layoutInArea(node, x, y, width, height, 0, Insets.EMPTY, true, isFillHeight(), HPos.LEFT, VPos.CENTER);
            x += width + gap();
        }
    }

    private static double wanted(Node node) {
        return Math.max(0, node.prefWidth(-1) - node.minWidth(-1));
    }

    private static boolean grows(Node node) {
        return getHgrow(node) == Priority.ALWAYS;
    }
}
