package dev.memfuse.console.live;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;

import dev.memfuse.console.live.LiveDurability.Item;

/// Binds the line of durability figures to its view model.
public final class LiveDurabilityController {
    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");

    private final LiveDurability figures;
    @FXML
    private Label acknowledged;
    @FXML
    private Label backlog;
    @FXML
    private Label oldest;
    @FXML
    private Label drain;
    @FXML
    private Label force;
    @FXML
    private Label extraction;

    public LiveDurabilityController(LiveViewModel model) {
        this.figures = model.durability();
    }

    @FXML
    void initialize() {
        bind(acknowledged, Item.ACKNOWLEDGED);
        bind(backlog, Item.BACKLOG);
        bind(oldest, Item.OLDEST);
        bind(drain, Item.DRAIN);
        bind(force, Item.FORCE);
        bind(extraction, Item.EXTRACTION);
    }

    private void bind(Label label, Item item) {
        label.textProperty().bind(figures.text(item));
        figures.alarm(item).subscribe(alarm -> label.pseudoClassStateChanged(ALARM, alarm));
    }
}
