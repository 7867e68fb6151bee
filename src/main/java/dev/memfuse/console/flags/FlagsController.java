package dev.memfuse.console.flags;

import java.util.List;
import java.util.Optional;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import atlantafx.base.controls.CustomTextField;
import org.jspecify.annotations.Nullable;

/// The Flags page: the keys by group, and the search.
public final class FlagsController {
    @FXML
    private CustomTextField search;
    @FXML
    private ComboBox<Optional<FlagGroup>> group;
    @FXML
    private Label count;
    @FXML
    private VBox groups;
    @FXML
    private Label nothing;

    private final FlagsViewModel model;

    FlagsController(FlagsViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        search.textProperty().bindBidirectional(model.searchProperty());
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                event.consume();
            }
        });
        offerGroups();
        count.textProperty().bind(model.countProperty());
        model.groups().forEach((group, flags) -> groups.getChildren().add(card(group, flags)));
        BooleanBinding any = anyShown(model.groups().values().stream().flatMap(List::stream).toList());
        nothing.visibleProperty().bind(any.not());
        nothing.managedProperty().bind(any.not());
    }

    private void offerGroups() {
        group.getItems().add(Optional.empty());
        model.groups().keySet().stream().map(Optional::of).forEach(group.getItems()::add);
        group.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Optional<FlagGroup> shown) {
                return shown == null ? "" : shown.map(FlagGroup::title).orElse("All groups");
            }

            @Override
            public @Nullable Optional<FlagGroup> fromString(String text) {
                return null;
            }
        });
        group.setValue(Optional.empty());
        group.valueProperty().subscribe(chosen -> model.groupProperty().set(chosen.orElse(null)));
    }

    private static Node card(FlagGroup group, List<FlagModel> flags) {
        Label title = new Label(group.title());
        title.getStyleClass().add("section-title");
        Label hint = new Label(group.hint());
        hint.setWrapText(true);
        hint.getStyleClass().add("hint");
        VBox head = new VBox(title, hint);
        head.getStyleClass().add("flag-card-head");
        VBox card = new VBox(head);
        card.getStyleClass().addAll("card", "flag-card");
        flags.stream().map(FlagRow::of).forEach(card.getChildren()::add);
        BooleanBinding any = anyShown(flags);
        card.visibleProperty().bind(any);
        card.managedProperty().bind(any);
        return card;
    }

    private static BooleanBinding anyShown(List<FlagModel> flags) {
        return Bindings.createBooleanBinding(() -> flags.stream().anyMatch(flag -> flag.shownProperty().get()),
                flags.stream().map(FlagModel::shownProperty).toArray(ObservableValue<?>[]::new));
    }
}
