package dev.memfuse.console.chart;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

import dev.memfuse.console.chart.data.HeatGrid;

/// The legend of a heat map: its colours between the smallest and the largest rate, and the calls at the crosshair. The
/// colours come from the style sheet, for both themes. FX thread only.
final class HeatLegend {
    private static final int COLOURS = 6;
    private static final String UNIT = " calls/s";

    private final Label lowest = label("live-chart-series-name");
    private final Label highest = label("live-chart-series-name");
    private final Label value = label("live-chart-series-value");
    private final List<Region> swatches = new ArrayList<>();
    private final FlowPane view = new FlowPane();

    HeatLegend() {
        HBox bar = new HBox();
        bar.getStyleClass().add("heat-bar");
        for (int i = 1; i <= COLOURS; i++) {
            Region swatch = new Region();
            swatch.getStyleClass().addAll("heat-swatch", "heat-" + i);
            swatches.add(swatch);
        }
        bar.getChildren().setAll(swatches);
        HBox scale = new HBox(lowest, bar, highest);
        scale.getStyleClass().add("live-chart-legend-item");
        view.getStyleClass().add("live-chart-legend");
        view.getChildren().setAll(scale, value);
    }

    private static Label label(String styleClass) {
        Label label = new Label();
        label.getStyleClass().add(styleClass);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    FlowPane view() {
        return view;
    }

    /// Returns the colours, from the rarest to the most frequent.
    List<Color> colours() {
        return swatches.stream().map(HeatLegend::colour).toList();
    }

    private static Color colour(Region swatch) {
        return swatch.getBackground() != null
                && swatch.getBackground().getFills().getLast().getFill() instanceof Color colour
                        ? colour
                        : Color.TRANSPARENT;
    }

    /// Shows the ends of the scale.
    void scale(HeatGrid grid) {
        boolean empty = Double.isNaN(grid.highest());
        lowest.setText(empty ? "" : ChartNumbers.exact(grid.lowest()));
        highest.setText(empty ? "no calls" : ChartNumbers.exact(grid.highest()) + UNIT);
    }

    /// Shows the figures of a moment; empty hides them.
    void value(String text) {
        value.setText(text);
    }

    String accessibleText() {
        return "from " + lowest.getText() + " to " + highest.getText() + ", " + value.getText();
    }
}
