package dev.memfuse.console.lab.sweep;

import java.util.ArrayList;
import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.Segments;
import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import org.jspecify.annotations.Nullable;

/// Throughput and latency above the parameter of a sweep.
public final class SweepChartsController {
    private static final String HINT = "Select a value to read its figures: by the arrow keys, or with the mouse.";
    private static final String GRID_KEY = "grid-key";
    /// Width in pixels from which the plots are side by side.
    private static final double BESIDE_FROM = 900;

    @FXML
    private GridPane plots;
    @FXML
    private VBox latencyCard;
    @FXML
    private SweepPlot throughput;
    @FXML
    private Label throughputReadout;
    @FXML
    private SweepPlot latency;
    @FXML
    private Label latencyReadout;
    @FXML
    private HBox operations;
    @FXML
    private FlowPane throughputLegend;
    @FXML
    private FlowPane latencyLegend;
    @FXML
    private Label latencyTitle;
    @FXML
    private Label p50Key;
    @FXML
    private Label p95Key;
    @FXML
    private Label p99Key;
    @FXML
    private Label measuredKey;
    @FXML
    private Label lawKey;
    @FXML
    private Label bandKey;
    @FXML
    private Label wrongKey;

    private SweepAxes axes = new SweepAxes("", null, false);
    private List<SweepPoint> points = List.of();
    private List<String> names = List.of();
    private String operation = "";

    @FXML
    void initialize() {
        throughputReadout.textProperty()
                .bind(throughput.readoutProperty().map(text -> text.isEmpty() ? HINT : text));
        latencyReadout.textProperty().bind(latency.readoutProperty().map(text -> text.isEmpty() ? HINT : text));
        throughput.setAccessibleText("Throughput above the parameter; the arrow keys select a value");
        latency.setAccessibleText("Latency above the parameter; the arrow keys select a value");
        plots.widthProperty().subscribe(_ -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(this::arrange);
        });
    }

    private void arrange() {
        boolean beside = plots.getWidth() >= BESIDE_FROM;
        GridPane.setConstraints(latencyCard, beside ? 1 : 0, beside ? 0 : 1);
        List<ColumnConstraints> columns = new ArrayList<>();
        for (int i = 0; i < (beside ? 2 : 1); i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(beside ? 50 : 100);
            columns.add(column);
        }
        plots.getColumnConstraints().setAll(columns);
    }

    /// Shows points.
    ///
    /// @param second the second parameter of a grid; null for one parameter
    /// @param law the fitted law; null for none
    void show(String swept, @Nullable String second, List<SweepPoint> next, SweepResult.@Nullable Law law) {
        SweepAxes nextAxes = SweepAxes.of(swept, second, next);
        if (nextAxes.equals(axes) && next.equals(points) && law == null) {
            return;
        }
        axes = nextAxes;
        points = next;
        SweepCurves curves = SweepCurves.throughput(axes, next, law);
        throughput.show(curves);
        showKeys(curves);
        Visibility.set(measuredKey, second == null);
        Visibility.set(lawKey, law != null);
        Visibility.set(bandKey, law != null);
        Visibility.set(wrongKey,
                next.stream().anyMatch(point -> point.littlesLaw() != null && !point.littlesLaw().agrees()));
        List.of(p50Key, p95Key, p99Key).forEach(key -> Visibility.set(key, second == null));
        latencyTitle.setText(second == null ? "Latency" : "Median latency");
        List<String> found = next.isEmpty() ? List.of() : List.copyOf(next.getFirst().latencyMs().keySet());
        if (!found.equals(names)) {
            names = found;
            choices();
        }
        showLatency();
    }

    /// Names the curves of a grid.
    private void showKeys(SweepCurves curves) {
        for (FlowPane legend : List.of(throughputLegend, latencyLegend)) {
            legend.getChildren().removeIf(key -> key.getStyleClass().contains(GRID_KEY));
            if (axes.second() != null) {
                legend.getChildren().addAll(curves.curves().stream().map(SweepChartsController::key).toList());
            }
        }
    }

    private static Label key(SweepCurves.Curve curve) {
        Region dot = ReadablePlot.part("pair-point");
        dot.getStyleClass().addAll(curve.styleClass().split(" "));
        Label key = new Label(curve.name(), dot);
        key.getStyleClass().addAll("hint", GRID_KEY);
        return key;
    }

    private void choices() {
        if (!names.contains(operation)) {
            operation = names.isEmpty() ? "" : names.getFirst();
        }
        ToggleGroup group = new ToggleGroup();
        List<ToggleButton> buttons = names.stream()
                .map(name -> Segments.button(name, "Latency of " + name, group, () -> {
                    operation = name;
                    showLatency();
                })).toList();
        Segments.fill(operations, buttons);
        buttons.stream().filter(button -> button.getText().equals(operation))
                .forEach(button -> button.setSelected(true));
    }

    private void showLatency() {
        latency.show(SweepCurves.latency(axes, points, operation));
    }
}
