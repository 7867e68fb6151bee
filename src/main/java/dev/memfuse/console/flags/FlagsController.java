package dev.memfuse.console.flags;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.CustomTextField;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.console.fx.Visibility;

/// Controller of the Flags page: the keys by group, and the search.
public final class FlagsController {
    private static final String ALL_GROUPS = "All groups";
    private static final PseudoClass REVEALED = PseudoClass.getPseudoClass("revealed");
    /// Pixels above a revealed row.
    private static final double ABOVE = 80;
    /// The flag below which the job that builds layers stands.
    private static final String LAST_LAYER = "layers.m2.enabled";

    @FXML
    private CustomTextField search;
    @FXML
    private ComboBox<String> group;
    @FXML
    private Label count;
    @FXML
    private VBox groups;
    @FXML
    private Label noMatch;
    @FXML
    private ScrollPane scroll;

    private final FlagsViewModel model;
    private final Node layerBuild;
    /// The row that was revealed last.
    private Node revealed = new Region();

    /// @param layerBuild the job below the flags of the layers
    FlagsController(FlagsViewModel model, Node layerBuild) {
        this.model = model;
        this.layerBuild = layerBuild;
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
        noMatch.visibleProperty().bind(any.not());
        noMatch.managedProperty().bind(any.not());
    }

    private void offerGroups() {
        group.getItems().add(ALL_GROUPS);
        model.groups().keySet().stream().map(ConfigGroup::title).forEach(group.getItems()::add);
        group.setValue(ALL_GROUPS);
        group.valueProperty().subscribe(title -> model.groupProperty().set(
                model.groups().keySet().stream().filter(one -> one.title().equals(title)).findFirst().orElse(null)));
    }

    private Node card(ConfigGroup group, List<FlagModel> flags) {
        Label title = new Label(group.title());
        title.getStyleClass().add("section-title");
        Label description = new Label(group.description());
        description.setWrapText(true);
        description.getStyleClass().add("hint");
        VBox head = new VBox(title, description);
        head.getStyleClass().add("flag-card-head");
        VBox card = new VBox(head);
        card.getStyleClass().addAll("card", "flag-card");
        for (FlagModel flag : flags) {
            card.getChildren().add(FlagRow.of(flag));
            if (flag.key().path().equals(LAST_LAYER)) {
                card.getChildren().add(layerBuild);
                Visibility.bind(layerBuild, flag.shownProperty());
            }
        }
        BooleanBinding any = anyShown(flags);
        card.visibleProperty().bind(any);
        card.managedProperty().bind(any);
        return card;
    }

    /// Moves the focus to the search.
    void search() {
        search.requestFocus();
        search.selectAll();
    }

    /// Shows one setting, wherever it is, and moves the focus to its editor.
    void reveal(String path) {
        search.clear();
        group.setValue(ALL_GROUPS);
        search.getScene().getRoot().applyCss();
        search.getScene().getRoot().layout();
        Node editor = groups.lookup("#" + FlagRow.editorId(path));
        if (editor != null) {
            Node row = editor.getParent().getParent();
            scrollTo(row);
            editor.requestFocus();
            revealed.pseudoClassStateChanged(REVEALED, false);
            row.pseudoClassStateChanged(REVEALED, true);
            revealed = row;
        }
    }

    private void scrollTo(Node row) {
        double hidden = groups.getHeight() - scroll.getViewportBounds().getHeight();
        double top = groups.sceneToLocal(row.localToScene(row.getLayoutBounds())).getMinY();
        scroll.setVvalue(hidden <= 0 ? 0 : Math.clamp((top - ABOVE) / hidden, 0, 1));
    }

    private static BooleanBinding anyShown(List<FlagModel> flags) {
        return Bindings.createBooleanBinding(() -> flags.stream().anyMatch(flag -> flag.shownProperty().get()),
                flags.stream().map(FlagModel::shownProperty).toArray(ObservableValue<?>[]::new));
    }
}
