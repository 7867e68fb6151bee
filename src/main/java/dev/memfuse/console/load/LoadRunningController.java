package dev.memfuse.console.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxDebouncer;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadRun.Interim;
import dev.memfuse.load.Saturation;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// The running load: progress, rate and mix, figures so far, and the thresholds. Visible while a load runs.
public final class LoadRunningController {
    /// Time without a further key press or click after which the slider changes the load.
    private static final Duration SETTLED = Duration.ofMillis(300);
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    @FXML
    private VBox card;
    @FXML
    private Label phase;
    @FXML
    private ProgressBar bar;
    @FXML
    private Label elapsed;
    @FXML
    private Label finished;
    @FXML
    private Label errors;
    @FXML
    private Label loadName;
    @FXML
    private Slider load;
    @FXML
    private TextField typedLoad;
    @FXML
    private Label loadUnit;
    @FXML
    private TextField add;
    @FXML
    private TextField query;
    @FXML
    private TextField list;
    @FXML
    private Label problem;
    @FXML
    private VBox saturation;
    @FXML
    private VBox interim;
    @FXML
    private Label interimTitle;
    @FXML
    private GridPane figures;
    @FXML
    private VBox thresholds;

    private final LoadViewModel model;
    private final FxDebouncer settled = new FxDebouncer(SETTLED, this::applySlider);
    private LoadRange range = new LoadRange(1, 2, false);
    private boolean settingUp;

    LoadRunningController(LoadViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Visibility.bind(card, model.runningProperty());
        Visibility.whileFilled(problem);
        problem.textProperty().bind(model.changeProblemProperty());
        model.progressProperty().subscribe(this::show);
        model.interimProperty().subscribe(this::show);
        model.runningProperty().subscribe(running -> {
            if (running) {
                prepare();
            }
        });
        load.valueProperty().addListener((_, _, value) -> {
            if (!settingUp) {
                typedLoad.setText(Numbers.plain(range.at(value.doubleValue())));
                if (!load.isValueChanging()) {
                    settled.request();
                }
            }
        });
        load.valueChangingProperty().subscribe((dragging, _) -> {
            if (dragging) {
                applySlider();
            }
        });
        for (TextField field : List.of(typedLoad, add, query, list)) {
            field.textProperty().subscribe(model::typing);
        }
    }

    /// One gesture is one change of the load, however many positions the slider passed.
    private void applySlider() {
        settled.cancel();
        model.changeLoad(typedLoad.getText());
    }

    private void prepare() {
        model.arrival().ifPresent(this::prepareSlider);
        Workload.Mix mix = model.mix();
        add.setText(Numbers.plain(mix.add()));
        query.setText(Numbers.plain(mix.query()));
        list.setText(Numbers.plain(mix.list()));
    }

    private void prepareSlider(Workload.Arrival arrival) {
        double value = arrival.level();
        boolean open = arrival instanceof Workload.Arrival.Open;
        loadName.setText(open ? "Rate" : "Concurrency");
        loadUnit.setText(open ? "ops/s" : "calls");
        load.setBlockIncrement(Math.max(1, Math.rint(value / 10)));
        slide(value, LoadRange.around(arrival, value));
        typedLoad.setText(Numbers.plain(value));
    }

    /// Moves the slider without changing the load.
    private void slide(double value, LoadRange next) {
        settled.cancel();
        settingUp = true;
        range = next;
        load.setMin(next.min());
        load.setMax(next.max());
        load.setValue(value);
        settingUp = false;
    }

    @FXML
    void onLoad() {
        model.changeLoad(typedLoad.getText()).ifPresent(value -> slide(value, range.with(value)));
    }

    @FXML
    void onMix() {
        model.changeMix(add.getText(), query.getText(), list.getText());
    }

    private void showSaturation(List<Saturation> signs) {
        WarningLines.show(saturation, signs.stream().map(sign -> "The load generator is saturated: " + sign.cause()
                + ". So far: " + sign.sentence()).toList());
        Visibility.set(saturation, !signs.isEmpty());
    }

    private void show(@Nullable Interim now) {
        showSaturation(now == null ? List.of() : now.saturation());
        Visibility.set(interim, now != null);
        figures.getChildren().clear();
        thresholds.getChildren().clear();
        if (now == null) {
            return;
        }
        interimTitle.setText("So far, after " + Formats.rate(now.seconds()) + " s: not final");
        row(0, "", "ops/s", "p50 ms", "p99 ms", "errors");
        int row = 1;
        for (Map.Entry<String, OperationResult> entry : now.operations().entrySet()) {
            OperationResult of = entry.getValue();
            row(row++, entry.getKey(), Formats.rate(of.throughputPerS()),
                    Numbers.percentile(of.samples(), 50, of.latencyMs().p50()),
                    Numbers.percentile(of.samples(), 99, of.latencyMs().p99()), Formats.count(of.errors()));
        }
        now.thresholds().forEach(outcome -> thresholds.getChildren().add(line(outcome)));
    }

    private void row(int row, String... cells) {
        for (int column = 0; column < cells.length; column++) {
            Label cell = new Label(cells[column]);
            if (row > 0 && column > 0) {
                cell.getStyleClass().add("number");
            }
            figures.add(cell, column, row);
        }
    }

    private static Node line(Threshold.Outcome outcome) {
        Label line = new Label((outcome.kept() ? "Kept so far: " : "Missed so far: ") + outcome.threshold().text()
                + ", measured " + outcome.measured());
        line.setWrapText(true);
        line.getStyleClass().add("verdict-line");
        line.pseudoClassStateChanged(GOOD, outcome.kept());
        line.pseudoClassStateChanged(BAD, !outcome.kept());
        return line;
    }

    private void show(LoadRun.@Nullable Status now) {
        if (now == null) {
            return;
        }
        phase.setText(switch (now.phase()) {
            case PREPARING -> "Preparing";
            case WARMUP -> "Warm-up, not counted";
            case MEASURING -> "Measuring";
            case DRAINING -> "Finishing the last calls";
            case STORING -> "Storing acknowledged messages";
            case REMOVING -> "Removing load data";
            case DONE -> "Done";
            case FAILED -> "Failed";
        });
        bar.setProgress(now.after().map(Progress::share).orElseGet(() -> shareOfTime(now)));
        elapsed.setText(now.after().filter(after -> after.total() > 0)
                .map(after -> Formats.count(after.done()) + " of " + Formats.count(after.total()))
                .orElseGet(() -> Formats.clock(now.elapsed()) + " of " + Formats.clock(now.total())));
        finished.setText(Formats.count(now.operations()) + " calls");
        errors.setText(Formats.count(now.errors()) + (now.errors() == 1 ? " error" : " errors"));
    }

    private static double shareOfTime(LoadRun.Status now) {
        double total = now.total().toMillis();
        return now.phase() == LoadRun.Phase.PREPARING || total == 0
                ? ProgressBar.INDETERMINATE_PROGRESS
                : Math.clamp(now.elapsed().toMillis() / total, 0, 1);
    }
}
