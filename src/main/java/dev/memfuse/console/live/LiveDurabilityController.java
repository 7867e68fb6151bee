package dev.memfuse.console.live;

import java.util.function.Consumer;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.Visibility;
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
    @FXML
    private Label makers;
    @FXML
    private Label vectors;
    @FXML
    private Label deadLetters;
    @FXML
    private Hyperlink openDeadLetters;

    private final Consumer<Node> showDeadLetters;

    /// @param showDeadLetters shows the dead letters in a window of the node's window
    public LiveDurabilityController(LiveViewModel model, Consumer<Node> showDeadLetters) {
        this.figures = model.durability();
        this.showDeadLetters = showDeadLetters;
    }

    @FXML
    void initialize() {
        bind(acknowledged, Item.ACKNOWLEDGED);
        bind(backlog, Item.BACKLOG);
        bind(oldest, Item.OLDEST);
        bind(drain, Item.DRAIN);
        bind(force, Item.FORCE);
        bind(extraction, Item.EXTRACTION);
        bind(makers, Item.MAKERS);
        bind(vectors, Item.VECTORS);
        bind(deadLetters, Item.DEAD_LETTERS);
        Visibility.bind(openDeadLetters, figures.alarm(Item.DEAD_LETTERS));
    }

    @FXML
    void onOpenDeadLetters() {
        showDeadLetters.accept(openDeadLetters);
    }

    private void bind(Label label, Item item) {
        label.textProperty().bind(figures.text(item));
        figures.alarm(item).subscribe(alarm -> label.pseudoClassStateChanged(ALARM, alarm));
    }
}
