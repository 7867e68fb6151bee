package dev.memfuse.console.live;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;

import dev.memfuse.console.live.LiveTiles.Tile;

/// Binds the tiles to their view model.
public final class LiveTilesController {
    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");

    private final LiveViewModel model;
    @FXML
    private Label throughput;
    @FXML
    private Label median;
    @FXML
    private Label medianCaption;
    @FXML
    private Label p99;
    @FXML
    private Label p99Caption;
    @FXML
    private Label pool;
    @FXML
    private Label waiting;
    @FXML
    private Label errors;
    @FXML
    private Label buffered;
    @FXML
    private Label cpu;
    @FXML
    private Label heap;

    public LiveTilesController(LiveViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        bind(throughput, Tile.THROUGHPUT);
        bind(median, Tile.MEDIAN);
        bind(p99, Tile.P99);
        bind(pool, Tile.POOL);
        bind(waiting, Tile.WAITING);
        bind(errors, Tile.ERRORS);
        bind(buffered, Tile.BUFFERED);
        bind(cpu, Tile.CPU);
        bind(heap, Tile.HEAP);
        var operation = model.latencyOperationProperty();
        medianCaption.textProperty().bind(operation.map(timed -> "p50 " + timed.label() + ", ms"));
        p99Caption.textProperty().bind(operation.map(timed -> "p99 " + timed.label() + ", ms"));
    }

    private void bind(Label label, Tile tile) {
        label.textProperty().bind(model.tiles().text(tile));
        model.tiles().alarm(tile).subscribe(alarm -> label.pseudoClassStateChanged(ALARM, alarm));
    }
}
