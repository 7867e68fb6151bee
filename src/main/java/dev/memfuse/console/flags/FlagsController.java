package dev.memfuse.console.flags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.CustomTextField;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// Controller of the Flags page: the keys by group, and the search.
public final class FlagsController {
    private static final String ALL_GROUPS = "All groups";
    private static final String CHANGED = "Changed from the default";
    private static final PseudoClass REVEALED = PseudoClass.getPseudoClass("revealed");
    /// Least width of the page beside its side pane that has room for everything above the settings.
    private static final double WIDE = 480;
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
    @FXML
    private ToggleButton yaml;
    @FXML
    private VBox main;

    private final FlagsViewModel model;
    private final EffectsModel effects;
    private final TryModel measured;
    private final Parts parts;
    private final Map<String, Node> rows = new HashMap<>();
    /// The row that was revealed last.
    private Node revealed = new Region();

    /// Parts of the page with views of their own.
    ///
    /// @param layerBuild the job below the flags of the layers
    /// @param offer the offer to measure a setting
    /// @param first returns the control of the offer that gets the focus first
    /// @param text the settings as YAML
    /// @param focusText moves the focus to the YAML
    record Parts(Node layerBuild, Node offer, Supplier<Node> first, Node text, Runnable focusText) {}

    FlagsController(FlagsViewModel model, EffectsModel effects, TryModel measured, Parts parts) {
        this.model = model;
        this.effects = effects;
        this.measured = measured;
        this.parts = parts;
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
        measured.keyProperty().subscribe(this::offer);
        // In a narrow window the search needs the room.
        Visibility.bind(count, Bindings.createBooleanBinding(
                () -> main.getWidth() > WIDE && !yaml.isSelected(), main.widthProperty(), yaml.selectedProperty()));
        VBox.setVgrow(parts.text(), Priority.ALWAYS);
        main.getChildren().add(parts.text());
        Visibility.bind(parts.text(), yaml.selectedProperty());
        Visibility.bind(scroll, yaml.selectedProperty().not());
        search.disableProperty().bind(yaml.selectedProperty());
        group.disableProperty().bind(yaml.selectedProperty());
        yaml.selectedProperty().subscribe(selected -> {
            if (selected) {
                model.yaml().show();
                parts.focusText().run();
            } else {
                model.yaml().hide();
            }
        });
    }

    /// Shows the offer to measure a setting below its row, or hides it; the focus follows.
    private void offer(@Nullable ConfigKey before, @Nullable ConfigKey now) {
        Node offer = parts.offer();
        if (offer.getParent() instanceof VBox card) {
            card.getChildren().remove(offer);
        }
        Node row = now == null ? null : rows.get(now.path());
        if (now != null && row != null && row.getParent() instanceof VBox card) {
            card.getChildren().add(card.getChildren().indexOf(row) + 1, offer);
            parts.first().get().requestFocus();
        } else if (before != null) {
            Node button = groups.lookup("#" + FlagRow.measureId(before.path()));
            if (button != null) {
                button.requestFocus();
            }
        }
    }

    /// Shows the settings as YAML, or as a form.
    void toggleYaml() {
        yaml.fire();
    }

    private void offerGroups() {
        group.getItems().addAll(ALL_GROUPS, CHANGED);
        model.groups().keySet().stream().map(ConfigGroup::title).forEach(group.getItems()::add);
        group.setValue(ALL_GROUPS);
        group.valueProperty().subscribe(title -> {
            model.onlyChangedProperty().set(CHANGED.equals(title));
            model.groupProperty().set(model.groups().keySet().stream().filter(one -> one.title().equals(title))
                    .findFirst().orElse(null));
        });
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
            String path = flag.key().path();
            Node row = FlagRow.of(flag, effects.of(path), () -> measured.open(flag.key()));
            rows.put(path, row);
            card.getChildren().add(row);
            if (path.equals(LAST_LAYER)) {
                card.getChildren().add(parts.layerBuild());
                Visibility.bind(parts.layerBuild(), flag.shownProperty());
            }
        }
        BooleanBinding any = anyShown(flags);
        card.visibleProperty().bind(any);
        card.managedProperty().bind(any);
        return card;
    }

    /// Moves the focus to the search.
    void search() {
        yaml.setSelected(false);
        search.requestFocus();
        search.selectAll();
    }

    /// Shows one setting, wherever it is, and moves the focus to its editor.
    void reveal(String path) {
        yaml.setSelected(false);
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

    /// Shows one setting and offers to measure its effect.
    void measure(ConfigKey key) {
        reveal(key.path());
        measured.open(key);
        parts.first().get().requestFocus();
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
