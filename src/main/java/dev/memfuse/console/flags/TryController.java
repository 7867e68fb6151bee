package dev.memfuse.console.flags;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.lab.paired.Metric;
import org.jspecify.annotations.Nullable;

/// The offer to measure one setting, below its row.
public final class TryController {
    @FXML
    private Label title;
    @FXML
    private Pane form;
    @FXML
    private Label inForce;
    @FXML
    private TextField value;
    @FXML
    private ComboBox<String> choice;
    @FXML
    private ComboBox<Metric> metric;
    @FXML
    private Button start;
    @FXML
    private Label cost;
    @FXML
    private HBox progress;
    @FXML
    private Label step;
    @FXML
    private ProgressBar bar;
    @FXML
    private Button cancel;
    @FXML
    private HBox result;
    @FXML
    private Label outcome;
    @FXML
    private Label problem;

    private final TryModel model;
    private final Runnable showResult;

    /// @param showResult opens the Compare page
    TryController(TryModel model, Runnable showResult) {
        this.model = model;
        this.showResult = showResult;
    }

    @FXML
    void initialize() {
        metric.getItems().setAll(TryModel.metrics());
        metric.setConverter(Choices.of(Metric::title));
        metric.valueProperty().bindBidirectional(model.metricProperty());
        value.textProperty().bindBidirectional(model.valueProperty());
        model.valueProperty().subscribe(text -> {
            if (choice.getItems().contains(text)) {
                choice.setValue(text);
            }
        });
        choice.valueProperty().subscribe(chosen -> {
            if (chosen != null) {
                model.valueProperty().set(chosen);
            }
        });
        model.keyProperty().subscribe(this::show);
        inForce.textProperty().bind(model.inForceProperty().map(text -> text + " in force, against"));
        start.disableProperty().bind(model.startableProperty().not());
        bind(cost, Bindings.createStringBinding(this::note, model.runningProperty(), model.costProperty()));
        bind(problem, model.problemProperty());
        bind(outcome, model.outcomeProperty());
        Visibility.bind(result, model.outcomeProperty().isNotEmpty());
        Visibility.bind(progress, Bindings.isNotNull(model.runningProperty()));
        Visibility.bind(form, Bindings.isNull(model.runningProperty()));
        cancel.disableProperty().bind(model.cancellingProperty());
        model.runningProperty().subscribe((before, now) -> {
            if (now != null) {
                step.setText(now.text());
                bar.setProgress(now.share());
                if (before == null) {
                    // The focus would be lost with the button that was pressed.
                    cancel.requestFocus();
                }
            }
        });
    }

    /// Returns what is said of the running comparison, otherwise what one costs.
    private String note() {
        TryModel.Running now = model.runningProperty().get();
        return now == null ? model.costProperty().get() : now.note();
    }

    private static void bind(Label label, ObservableValue<String> text) {
        label.textProperty().bind(text);
        Visibility.whileFilled(label);
    }

    private void show(@Nullable ConfigKey key) {
        if (key == null) {
            return;
        }
        title.setText("Measure the effect of: " + key.title());
        boolean flag = key.range().type() == ValueType.BOOLEAN;
        boolean chosen = flag || key.range().type() == ValueType.CHOICE;
        choice.setValue(null);
        choice.getItems().setAll(flag ? List.of("true", "false") : key.range().choices());
        Visibility.set(choice, chosen);
        Visibility.set(value, !chosen);
    }

    /// Returns the control that gets the focus first.
    Node first() {
        return model.runningProperty().get() != null ? cancel : choice.isVisible() ? choice : value;
    }

    @FXML
    void onStart() {
        model.start();
    }

    @FXML
    void onCancel() {
        model.cancel();
    }

    @FXML
    void onClose() {
        model.close();
    }

    @FXML
    void onResult() {
        showResult.run();
    }
}
