package dev.memfuse.console.flags;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.console.fx.ChangeText;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// Controller of the side pane: profiles with their differences, and the changes since start.
public final class FlagsSideController {
    /// The log contains the older changes.
    private static final int MAX_SHOWN_CHANGES = 100;

    @FXML
    private ComboBox<@Nullable Profile> profile;
    @FXML
    private ComboBox<@Nullable Profile> against;
    @FXML
    private Label description;
    @FXML
    private Label differenceTitle;
    @FXML
    private VBox difference;
    @FXML
    private Button apply;
    @FXML
    private TextField name;
    @FXML
    private Button save;
    @FXML
    private HBox saved;
    @FXML
    private Button rename;
    @FXML
    private VBox question;
    @FXML
    private Label questionText;
    @FXML
    private Button answer;
    @FXML
    private Label problem;
    @FXML
    private Button undo;
    @FXML
    private VBox changes;
    @FXML
    private Label noChanges;
    @FXML
    private VBox last;
    @FXML
    private VBox lastChanges;

    private final FlagsViewModel model;
    private final ProfilesModel profiles;
    private final Consumer<Instant> showMoment;
    private final IdentityHashMap<Tunables.Change, ChangeEntryView> entries = new IdentityHashMap<>();

    /// @param showMoment shows a moment on the charts
    FlagsSideController(FlagsViewModel model, Consumer<Instant> showMoment) {
        this.model = model;
        this.showMoment = showMoment;
        this.profiles = model.profiles();
    }

    @FXML
    void initialize() {
        profile.setItems(profiles.list());
        profile.setConverter(Choices.of(Profile::name));
        profile.valueProperty().bindBidirectional(profiles.selectedProperty());
        against.setItems(profiles.references());
        against.setConverter(Choices.of(Profile::name, "The settings in force"));
        against.valueProperty().bindBidirectional(profiles.againstProperty());
        description.textProperty().bind(profiles.selectedProperty()
                .map(selected -> selected == null ? "" : selected.description()).orElse(""));
        showWhenNotEmpty(description);
        profiles.differenceProperty().subscribe(this::show);
        name.textProperty().subscribe(profiles::typing);
        save.disableProperty().bind(name.textProperty().map(String::isBlank));
        model.lastFlags().offerProperty().subscribe(offered -> {
            Visibility.set(last, !offered.isEmpty());
            lastChanges.getChildren().setAll(DiffLines.of(offered));
        });
        profiles.questionProperty().subscribe(asked -> {
            Visibility.set(question, asked != null);
            if (asked != null) {
                questionText.setText(asked.text());
                answer.setText(asked.answer());
            }
        });
        profiles.selectedProperty().subscribe(chosen -> Visibility.set(saved, chosen != null && !chosen.shipped()));
        rename.disableProperty().bind(name.textProperty().map(String::isBlank));
        problem.textProperty().bind(profiles.problemProperty());
        showWhenNotEmpty(problem);
        undo.disableProperty().bind(model.undoableProperty().isNull());
        model.undoableProperty().subscribe(this::offerUndo);
        noChanges.visibleProperty().bind(Bindings.isEmpty(model.changes()));
        noChanges.managedProperty().bind(noChanges.visibleProperty());
        model.changes().subscribe(this::showChanges);
        showChanges();
    }

    private static void showWhenNotEmpty(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void show(ProfilesModel.@Nullable Difference shown) {
        difference.getChildren().clear();
        differenceTitle.setVisible(shown != null);
        differenceTitle.setManaged(shown != null);
        difference.setManaged(shown != null);
        apply.setDisable(shown == null || !shown.applicable());
        if (shown == null) {
            return;
        }
        differenceTitle.setText(shown.title());
        difference.getChildren().addAll(DiffLines.of(shown.changes()));
        if (!shown.atStart().isEmpty()) {
            difference.getChildren().add(DiffLines.heading("Fixed at start, not applied now:", "hint"));
            difference.getChildren().addAll(DiffLines.of(shown.atStart()));
        }
    }

    private void offerUndo(Tunables.@Nullable Change change) {
        String text = change == null ? "Undo" : ChangeText.toUndo(change);
        undo.setText(text);
        undo.setAccessibleText(text);
        undo.setTooltip(change == null ? null : new Tooltip(text + " (Ctrl+Z)"));
    }

    private void showChanges() {
        List<ChangeEntry> shown = model.changes().stream().limit(MAX_SHOWN_CHANGES).toList();
        IdentityHashMap<Tunables.Change, ChangeEntryView> before = new IdentityHashMap<>(entries);
        entries.clear();
        for (ChangeEntry entry : shown) {
            ChangeEntryView view = before.computeIfAbsent(entry.first(),
                    first -> new ChangeEntryView(first, showMoment));
            view.show(entry);
            entries.put(entry.first(), view);
        }
        place(shown.stream().<Node>map(entry -> entries.get(entry.first())).toList());
    }

    /// New entries come before the others, which stay in the scene: one of them may have the focus.
    private void place(List<Node> views) {
        List<Node> placed = changes.getChildren();
        placed.removeIf(view -> !views.contains(view));
        List<Node> first = views.subList(0, views.size() - placed.size());
        if (views.subList(first.size(), views.size()).equals(placed)) {
            placed.addAll(0, first);
        } else {
            changes.getChildren().setAll(views);
        }
    }

    @FXML
    void onApply() {
        profiles.apply();
    }

    @FXML
    void onSave() {
        if (!name.getText().isBlank()) {
            profiles.save(name.getText());
        }
    }

    @FXML
    void onRename() {
        profiles.rename(name.getText());
    }

    @FXML
    void onDelete() {
        profiles.delete();
    }

    @FXML
    void onConfirm() {
        profiles.confirm();
    }

    @FXML
    void onCancel() {
        profiles.cancel();
    }

    @FXML
    void onLast() {
        model.lastFlags().apply();
    }

    @FXML
    void onForgetLast() {
        model.lastFlags().forget();
    }

    @FXML
    void onUndo() {
        model.undo();
    }
}
