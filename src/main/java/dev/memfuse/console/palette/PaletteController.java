package dev.memfuse.console.palette;

import java.util.function.Predicate;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import dev.memfuse.console.fx.Modal;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// The overlay of the command palette. The text field has the focus throughout; arrows move the selection of the list.
public final class PaletteController {
    private static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");
    private static final int PAGE = 8;

    @FXML
    private StackPane overlay;
    @FXML
    private TextField paletteQuery;
    @FXML
    private ListView<PaletteItem> paletteList;
    @FXML
    private Label paletteNothing;

    private final PaletteViewModel model;
    private final Predicate<KeyEvent> allowed;

    /// @param allowed accepts the shortcuts that work while it is open: those that close it and the window
    public PaletteController(PaletteViewModel model, Predicate<KeyEvent> allowed) {
        this.model = model;
        this.allowed = allowed;
    }

    @FXML
    void initialize() {
        paletteQuery.textProperty().bindBidirectional(model.queryProperty());
        paletteQuery.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        paletteList.setItems(model.rows());
        paletteList.setCellFactory(_ -> new Row());
        paletteList.setOnMouseClicked(_ -> {
            int index = paletteList.getSelectionModel().getSelectedIndex();
            if (index >= 0) {
                model.selectedProperty().set(index);
                model.run();
            }
        });
        model.selectedProperty().subscribe(_ -> showSelection());
        model.rows().subscribe(this::showSelection);
        paletteNothing.textProperty().bind(model.emptyTextProperty());
        Visibility.bind(paletteNothing, model.emptyTextProperty().isNotEmpty());
        Visibility.bind(paletteList, model.emptyTextProperty().isEmpty());
        overlay.visibleProperty().bind(model.shownProperty());
        Modal.install(overlay, () -> model.shownProperty().set(false), allowed);
        overlay.setOnMouseClicked(event -> {
            if (overlay.equals(event.getTarget())) {
                model.shownProperty().set(false);
            }
        });
    }

    private void showSelection() {
        int index = model.selectedProperty().get();
        if (index >= 0 && index < model.rows().size()) {
            paletteList.getSelectionModel().clearAndSelect(index);
            paletteList.scrollTo(Math.max(0, index - PAGE / 2));
            PaletteItem item = model.rows().get(index);
            // The focus stays in the field, so a screen reader reads the selection as its help.
            paletteQuery.setAccessibleHelp("Selected: " + item.title() + ", " + item.kind());
        } else {
            paletteList.getSelectionModel().clearSelection();
            paletteQuery.setAccessibleHelp(model.emptyTextProperty().get());
        }
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> model.move(1);
            case UP -> model.move(-1);
            case PAGE_DOWN -> model.move(PAGE);
            case PAGE_UP -> model.move(-PAGE);
            case ENTER -> model.run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// Title and detail at the left, kind and shortcut at the right.
    private static final class Row extends ListCell<PaletteItem> {
        private final Label title = label("palette-title");
        private final Label detail = label("palette-detail");
        private final Label kind = label("palette-kind");
        private final Label keys = label("palette-keys");
        private final HBox line;

        Row() {
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            title.setMinWidth(0);
            detail.setMinWidth(0);
            kind.setMinWidth(Region.USE_PREF_SIZE);
            keys.setMinWidth(Region.USE_PREF_SIZE);
            line = new HBox(title, detail, gap, kind, keys);
            line.getStyleClass().add("palette-row");
            setPrefWidth(0);
        }

        private static Label label(String styleClass) {
            Label label = new Label();
            label.getStyleClass().add(styleClass);
            return label;
        }

        @Override
        protected void updateItem(@Nullable PaletteItem item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            title.setText(item.title());
            detail.setText(item.detail());
            boolean available = item.enabled().getAsBoolean();
            kind.setText(available ? item.kind() : item.kind() + ", not now");
            keys.setText(item.keys());
            Visibility.set(keys, !item.keys().isEmpty());
            pseudoClassStateChanged(UNAVAILABLE, !available);
            setGraphic(line);
        }
    }
}
