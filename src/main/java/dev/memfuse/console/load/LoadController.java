package dev.memfuse.console.load;

import java.util.Optional;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// The Load page: form, running load, result. A narrow page stacks them.
public final class LoadController {
    /// Width in pixels below which form and results are stacked.
    private static final double STACK_BELOW = 880;
    private static final double FORM_WIDTH = 316;
    /// Maximum of the slider, as a multiple of the started load.
    private static final double MAX_FACTOR = 4;

    @FXML
    private VBox page;
    @FXML
    private HBox columns;
    @FXML
    private VBox form;
    @FXML
    private VBox results;
    @FXML
    private VBox progress;
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
    private Label loadValue;

    private final LoadViewModel model;
    private boolean settingUp;

    LoadController(LoadViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        page.widthProperty().map(width -> width.doubleValue() < STACK_BELOW).subscribe(stacked -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(() -> stack(stacked));
        });
        Visibility.bind(progress, model.runningProperty());
        model.progressProperty().subscribe(this::show);
        model.runningProperty().subscribe(running -> {
            if (running) {
                model.arrival().ifPresent(this::prepareSlider);
            }
        });
        load.valueProperty().subscribe(value -> {
            loadValue.setText(describe(value.doubleValue()));
            if (!settingUp) {
                model.changeLoad(Math.rint(value.doubleValue()));
            }
        });
    }

    private void stack(boolean stacked) {
        columns.getChildren().clear();
        page.getChildren().clear();
        form.setPrefWidth(stacked ? Region.USE_COMPUTED_SIZE : FORM_WIDTH);
        if (stacked) {
            page.getChildren().setAll(form, results);
        } else {
            columns.getChildren().setAll(form, results);
            page.getChildren().setAll(columns);
        }
    }

    private void prepareSlider(Workload.Arrival arrival) {
        double value = arrival.level();
        settingUp = true;
        loadName.setText(arrival instanceof Workload.Arrival.Open ? "Rate" : "Concurrency");
        load.setMin(1);
        load.setMax(Math.max(2, value * MAX_FACTOR));
        load.setBlockIncrement(Math.max(1, Math.rint(value / 10)));
        load.setValue(value);
        settingUp = false;
        loadValue.setText(describe(value));
    }

    private String describe(double value) {
        Optional<Workload.Arrival> arrival = model.arrival();
        return arrival.isPresent() && arrival.get() instanceof Workload.Arrival.Open
                ? Formats.perSecond(Math.rint(value))
                : Formats.count(Math.round(value)) + " calls";
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
