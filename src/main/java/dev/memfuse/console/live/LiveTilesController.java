package dev.memfuse.console.live;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import dev.memfuse.console.live.LiveTiles.Tile;

/// Binds the tiles to their view model.
public final class LiveTilesController {
    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");

    /// Width in pixels below which captions have no space for the operation.
    private static final double NAMES_FROM = 900;

    private final LiveViewModel model;
    @FXML
    private HBox tiles;
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
        bindCaption(medianCaption, "p50");
        bindCaption(p99Caption, "p99");
    }

    private void bindCaption(Label caption, String percentile) {
        var operation = model.latencyOperationProperty();
        caption.textProperty().bind(Bindings.createStringBinding(() -> tiles.getWidth() < NAMES_FROM
                ? percentile + ", ms"
                : percentile + " " + operation.get().label() + ", ms", operation, tiles.widthProperty()));
        Tooltip meaning = new Tooltip();
        meaning.textProperty().bind(operation.map(timed -> percentile + " of the latency of " + timed.label()));
        caption.setTooltip(meaning);
    }

    private void bind(Label label, Tile tile) {
        label.textProperty().bind(model.tiles().text(tile));
        model.tiles().alarm(tile).subscribe(alarm -> label.pseudoClassStateChanged(ALARM, alarm));
    }
}
