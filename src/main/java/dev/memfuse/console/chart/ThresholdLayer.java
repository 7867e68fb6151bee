package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;

/// The thresholds of one plot, as lines with their names at the right end. One that the axis does not reach is not
/// drawn: the axis fits the values, and a limit far above would flatten them. FX thread only.
final class ThresholdLayer {
    private static final double GAP = 4;

    private final ValueAxis values;
    private final Pane view = new Pane();
    private List<Threshold> shown = List.of();

    ThresholdLayer(ValueAxis values) {
        this.values = values;
        view.setManaged(false);
        view.setMouseTransparent(true);
    }

    Pane view() {
        return view;
    }

    /// Sets the thresholds; they are placed by [#place].
    void show(List<Threshold> next) {
        if (next.equals(shown)) {
            return;
        }
        shown = List.copyOf(next);
        view.getChildren().clear();
        for (Threshold threshold : shown) {
            Line line = new Line();
            line.getStyleClass().add("live-chart-threshold");
            line.setManaged(false);
            Label name = new Label("limit: " + threshold.text());
            name.getStyleClass().add("live-chart-threshold-name");
            name.setManaged(false);
            view.getChildren().addAll(line, name);
        }
    }

    /// Places the lines for the range of the axis.
    void place(double width, double height) {
        List<Label> placed = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            double y = values.yOf(shown.get(i).value(), height);
            Node line = view.getChildren().get(2 * i);
            Node name = view.getChildren().get(2 * i + 1);
            boolean reached = !Double.isNaN(y);
            line.setVisible(reached);
            name.setVisible(reached);
            if (reached) {
                place((Line) line, Math.rint(y) + 0.5, width);
                place((Label) name, Math.rint(y), width, placed);
                placed.add((Label) name);
            }
        }
    }

    private static void place(Line line, double y, double width) {
        line.setStartX(0);
        line.setEndX(width);
        line.setStartY(y);
        line.setEndY(y);
    }

    /// Places a name at the right end of its line, left of those that would be covered.
    private static void place(Label name, double y, double width, List<Label> placed) {
        if (name.getWidth() == 0) {
            name.applyCss(); // A new label has no font yet, and so no size.
        }
        name.autosize();
        double above = y - GAP / 2 - name.getHeight();
        double top = Math.rint(above >= 0 ? above : y + GAP / 2);
        double right = width - GAP;
        for (Label other : placed) {
            if (Math.abs(other.getLayoutY() - top) < name.getHeight()) {
                right = Math.min(right, other.getLayoutX() - 3 * GAP);
            }
        }
        name.relocate(Math.max(0, Math.rint(right - name.getWidth())), top);
    }

    /// Returns the texts of the thresholds that are drawn.
    List<String> drawn() {
        return view.getChildren().stream().filter(Label.class::isInstance).filter(Node::isVisible)
                .map(node -> ((Label) node).getText()).toList();
    }
}
