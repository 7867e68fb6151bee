package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Modal;
import dev.memfuse.console.fx.Page;

/// The help overlay. Its list of shortcuts is that of the keymap. Esc, its own shortcut and a click outside its card
/// close it.
public final class HelpController {
    @FXML
    private StackPane overlay;
    @FXML
    private GridPane keys;

    private final BooleanProperty shown;
    private final Keymap keymap;
    private final List<Page> pages;

    /// @param shown whether the help is open
    public HelpController(BooleanProperty shown, Keymap keymap, List<Page> pages) {
        this.shown = shown;
        this.keymap = keymap;
        this.pages = List.copyOf(pages);
    }

    @FXML
    void initialize() {
        overlay.visibleProperty().bind(shown);
        Modal.install(overlay, this::onClose, event -> keymap.matches(WindowActions.HELP, event)
                || keymap.matches(WindowActions.QUIT, event));
        overlay.setOnMouseClicked(event -> {
            if (overlay.equals(event.getTarget())) {
                onClose();
            }
        });
        keymap.changesProperty().subscribe(_ -> showKeys());
    }

    private void showKeys() {
        keys.getChildren().clear();
        int row = 0;
        for (Action action : keymap.actions().all()) {
            String text = keymap.text(action);
            if (!text.isEmpty()) {
                Label key = new Label(text);
                key.getStyleClass().add("key");
                GridPane.setValignment(key, VPos.TOP);
                Label title = new Label(action.title() + where(action));
                title.setWrapText(true);
                keys.addRow(row++, key, title);
            }
        }
    }

    private String where(Action action) {
        return pages.stream().filter(page -> page.id().equals(action.page())).findFirst()
                .map(page -> " (page " + page.title() + ")").orElse("");
    }

    @FXML
    void onGuide() {
        onClose();
        keymap.actions().fire("window.guide");
    }

    @FXML
    void onClose() {
        shown.set(false);
    }
}
