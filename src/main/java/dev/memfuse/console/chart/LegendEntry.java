package dev.memfuse.console.chart;

import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Visibility;

/// A series in the legend of a chart: colour, shape, name and value, and the value of the baseline. It is selected
/// while the series is drawn. FX thread only.
final class LegendEntry extends ToggleButton {
    private static final double SWATCH_WIDTH = 16;
    private static final double SWATCH_HEIGHT = 12;

    private final String series;
    private final Label value = new Label(Formats.NONE);
    private final Label baseline = new Label();

    LegendEntry(ChartSpec spec, int index) {
        series = spec.series().get(index);
        Label name = new Label(series);
        name.getStyleClass().add("live-chart-series-name");
        value.getStyleClass().add("live-chart-series-value");
        baseline.getStyleClass().add("live-chart-series-baseline");
        Visibility.set(baseline, false);
        HBox item = new HBox(swatch(spec, index), name, value, baseline);
        item.getStyleClass().add("live-chart-legend-item");
        setGraphic(item);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getStyleClass().setAll("live-chart-legend-entry");
        setSelected(true);
        setAccessibleText("Series " + series);
        setTooltip(new Tooltip("Click to switch “" + series + "” off or on"));
    }

    String series() {
        return series;
    }

    void value(String text) {
        set(value, text);
    }

    String value() {
        return value.getText();
    }

    void baseline(String text) {
        set(baseline, text);
    }

    String baseline() {
        return baseline.getText();
    }

    void showBaseline(boolean on) {
        baseline.setText("");
        Visibility.set(baseline, on);
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }

    private static Node swatch(ChartSpec spec, int series) {
        Pane swatch = new Pane();
        swatch.getStyleClass().addAll("live-chart-swatch", "series-" + (series + 1));
        double width = spec.type() == ChartSpec.Type.STACK ? SWATCH_HEIGHT : SWATCH_WIDTH;
        swatch.setMinSize(width, SWATCH_HEIGHT);
        swatch.setMaxSize(width, SWATCH_HEIGHT);
        if (spec.type() == ChartSpec.Type.STACK) {
            Rectangle area = new Rectangle(SWATCH_HEIGHT, SWATCH_HEIGHT);
            area.getStyleClass().add("series-fill");
            swatch.getChildren().addAll(area, shape(series, 3, width, "series-shape"));
            return swatch;
        }
        Line line = new Line(0, SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT / 2);
        line.getStyleClass().add("series-line");
        if (spec.isLimit(series)) {
            swatch.getStyleClass().add("limit");
            swatch.getChildren().add(line);
            return swatch;
        }
        swatch.getChildren().addAll(line, shape(series, 3.5, width, "series-fill"));
        return swatch;
    }

    /// Returns the shape of a series in the middle of a swatch.
    private static Node shape(int series, double radius, double width, String style) {
        SVGPath shape = SeriesShape.of(series).node(radius);
        shape.setLayoutX(width / 2);
        shape.setLayoutY(SWATCH_HEIGHT / 2);
        shape.getStyleClass().add(style);
        return shape;
    }
}
