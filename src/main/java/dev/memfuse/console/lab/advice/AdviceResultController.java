package dev.memfuse.console.lab.advice;

import java.time.Instant;
import java.util.List;
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

    private List<AdviceView.Card> before = List.of();
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
        for (AdviceView.Card one : view.cards()) {
            AdviceCard card = new AdviceCard(one, model, showMoment);
            cards.getChildren().add(card.view());
            // The focus would be lost with the button that was pressed.
            if (one.trial() != null && !before.contains(one)) {
                card.focusDecision();
            }
        }
        before = view.cards();
        export.offer(view.files().name(), result, view.files().texts(), model.files());
    }
}
