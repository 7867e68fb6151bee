package dev.memfuse.console.live;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// Binds the choice of the baseline to its model.
public final class BaselineController {
    private final BaselineModel model;
    @FXML
    private VBox root;
    @FXML
    private ComboBox<BaselineModel.@Nullable Choice> choice;
    @FXML
    private Button remove;
    @FXML
    private Label place;
    @FXML
    private Label note;
    @FXML
    private Label problem;

    BaselineController(BaselineModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Visibility.bind(root, model.openProperty());
        choice.setItems(model.choices());
        choice.setConverter(Choices.of(BaselineModel.Choice::text));
        choice.setOnShowing(_ -> model.list());
        choice.valueProperty().bindBidirectional(model.chosenProperty());
        Visibility.bind(remove, model.chosenProperty().map(chosen -> chosen != null).orElse(false));
        Tooltip title = new Tooltip();
        title.textProperty().bind(model.titleProperty());
        model.titleProperty().subscribe(text -> choice.setTooltip(text.isEmpty() ? null : title));
        place.textProperty().bind(model.placeProperty());
        note.textProperty().bind(model.noteProperty());
        problem.textProperty().bind(model.problemProperty());
        List.of(place, note, problem).forEach(Visibility::whileFilled);
    }

    @FXML
    void onRemove() {
        choice.requestFocus();
        model.remove();
    }

    @FXML
    void onClose() {
        model.openProperty().set(false);
    }
}
