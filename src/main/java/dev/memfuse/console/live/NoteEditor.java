package dev.memfuse.console.live;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.chart.MarkLane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.live.NotesModel.Step;
import org.jspecify.annotations.Nullable;

/// The field for a note, which floats below the lane of marks. FX thread only.
final class NoteEditor extends VBox {
    private static final double WIDTH = 380;

    private final NotesModel model;
    private final MarkLane lane;
    private final TextField field = new TextField();
    private final Button keep = button("note-keep", "Keep", "Keep the note (Enter)");
    private final Button leave = button("note-leave", "Cancel", "Leave everything as it is (Esc)");
    private final Button ask = button("note-remove", "Remove…", "Remove the note");
    private final Button keepNote = button("note-stay", "Keep the note", "Remove nothing (Esc)");
    private final Button confirm = button("note-confirm", "Remove", "Remove the note for good");
    private @Nullable Node before;

    NoteEditor(NotesModel model, MarkLane lane) {
        this.model = model;
        this.lane = lane;
        setId("note-editor");
        getStyleClass().add("note-editor");
        setManaged(false);
        setVisible(false);
        setViewOrder(-1);
        Label title = new Label();
        title.setId("note-title");
        title.setWrapText(true);
        title.textProperty().bind(model.titleProperty());
        field.setId("note-text");
        field.setPromptText("What happened");
        field.accessibleTextProperty().bind(Bindings.when(model.titleProperty().isEmpty()).then("Note")
                .otherwise(model.titleProperty()));
        field.textProperty().bindBidirectional(model.textProperty());
        field.setOnAction(_ -> model.keep());
        Label problem = new Label();
        problem.setId("note-problem");
        problem.getStyleClass().addAll("form-problem", "sentence-place");
        problem.setWrapText(true);
        problem.textProperty().bind(model.problemProperty());
        keep.setOnAction(_ -> model.keep());
        leave.setOnAction(_ -> model.leave());
        ask.setOnAction(_ -> model.askToRemove());
        keepNote.setOnAction(_ -> model.leave());
        confirm.setOnAction(_ -> model.confirmRemoval());
        confirm.getStyleClass().add(Styles.DANGER);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(ask, space, leave, keep, keepNote, confirm);
        buttons.getStyleClass().add("note-buttons");
        getChildren().addAll(title, field, problem, buttons);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.leave();
                event.consume();
            }
        });
        model.stepProperty().subscribe((_, now) -> show(now));
        model.titleProperty().subscribe(this::place);
        model.problemProperty().subscribe(this::place);
    }

    private static Button button(String id, String text, String tooltip) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setTooltip(new Tooltip(tooltip));
        button.getStyleClass().add(Styles.SMALL);
        return button;
    }

    private void show(Step step) {
        boolean open = step != Step.CLOSED;
        if (open && !isVisible()) {
            before = getScene() == null ? null : getScene().getFocusOwner();
        }
        if (!open) {
            // Before a button that has the focus is hidden.
            giveFocusBack();
            setVisible(false);
        }
        Visibility.set(ask, step == Step.CHANGE);
        for (Button button : new Button[]{keep, leave}) {
            Visibility.set(button, step == Step.ADD || step == Step.CHANGE);
        }
        for (Button button : new Button[]{keepNote, confirm}) {
            Visibility.set(button, step == Step.REMOVE);
        }
        field.setDisable(step == Step.REMOVE);
        if (!open) {
            return;
        }
        setVisible(true);
        place();
        if (step == Step.REMOVE) {
            keepNote.requestFocus();
        } else {
            field.requestFocus();
            field.end();
        }
    }

    /// The focus goes back to where it was; after a click on the lane to the lane.
    private void giveFocusBack() {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        if (owner != null && isInside(owner)) {
            Node back = before;
            if (back != null && back.getScene() != null && !isInside(back) && back.isFocusTraversable()) {
                back.requestFocus();
            } else {
                lane.requestFocus();
            }
        }
        before = null;
    }

    private boolean isInside(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now.equals(this)) {
                return true;
            }
        }
        return false;
    }

    /// Places it below the moment of its note, inside the page. It stays there while the charts move on.
    private void place() {
        if (!isVisible() || getParent() == null) {
            return;
        }
        applyCss();
        double room = lane.getWidth();
        double width = Math.min(WIDTH, room);
        double left = Math.clamp(lane.position(model.moment()) - width / 2, 0, room - width);
        resizeRelocate(Math.rint(lane.getLayoutX() + left), Math.rint(lane.getLayoutY() + lane.getHeight() + 4), width,
                Math.ceil(prefHeight(width)));
    }
}
