package dev.memfuse.console.lab.advice;

import java.time.Instant;
import java.util.function.Consumer;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.export.ExportButton;
import org.jspecify.annotations.Nullable;

/// The result: finding, what limits it, and a card an advice.
public final class AdviceResultController {
    @FXML
    private VBox result;
    @FXML
    private Label verdict;
    @FXML
    private Label about;
    @FXML
    private VBox warnings;
    @FXML
    private ExportButton export;
    @FXML
    private VBox cards;

    private final AdviceViewModel model;
    private final Consumer<Instant> showMoment;

    /// @param showMoment shows the charts at a moment
    AdviceResultController(AdviceViewModel model, Consumer<Instant> showMoment) {
        this.model = model;
        this.showMoment = showMoment;
    }

    @FXML
    void initialize() {
        model.resultProperty().subscribe(this::show);
    }

    private void show(@Nullable AdviceView view) {
        cards.getChildren().clear();
        if (view == null) {
            return;
        }
        verdict.setText(view.sentence());
        about.setText(view.about());
        WarningLines.show(warnings, view.warnings());
        Visibility.set(warnings, !view.warnings().isEmpty());
        view.cards().forEach(card -> cards.getChildren().add(new AdviceCard(card, model, showMoment).view()));
        export.offer(view.files().name(), result, view.files().texts(), model.files());
    }
}
