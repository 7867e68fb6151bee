package dev.memfuse.console.live;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.layout.HBox;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.live.LiveTiles.Tile;
import dev.memfuse.console.live.TileCourses.Course;

/// Binds the tiles to their view model.
public final class LiveTilesController {
    /// Width in pixels below which captions have no space for the operation.
    private static final double NAMES_FROM = 900;
    private static final String OPENS = " Click: shows the chart.";

    private final LiveViewModel model;
    private final TileCourses courses;
    private final Consumer<Tile> show;
    private final Map<Tile, LiveTile> all = new EnumMap<>(Tile.class);
    @FXML
    private HBox tiles;
    @FXML
    private LiveTile throughput;
    @FXML
    private LiveTile median;
    @FXML
    private LiveTile p99;
    @FXML
    private LiveTile pool;
    @FXML
    private LiveTile waiting;
    @FXML
    private LiveTile errors;
    @FXML
    private LiveTile buffered;
    @FXML
    private LiveTile cpu;
    @FXML
    private LiveTile heap;

    /// @param show shows the chart of a tile
    LiveTilesController(LiveViewModel model, Consumer<Tile> show) {
        this.model = model;
        this.courses = new TileCourses(model);
        this.show = show;
    }

    @FXML
    void initialize() {
        add(Tile.THROUGHPUT, throughput);
        add(Tile.MEDIAN, median);
        add(Tile.P99, p99);
        add(Tile.POOL, pool);
        add(Tile.WAITING, waiting);
        add(Tile.ERRORS, errors);
        add(Tile.BUFFERED, buffered);
        add(Tile.CPU, cpu);
        add(Tile.HEAP, heap);
        bindCaption(median, "p50");
        bindCaption(p99, "p99");
        model.window().spanProperty().subscribe(_ -> redraw());
        model.latencyOperationProperty().subscribe(_ -> redraw());
    }

    private void add(Tile tile, LiveTile view) {
        view.show(model.tiles().alarm(tile), model.tiles().text(tile), meaning(tile));
        view.onAction(() -> show.accept(tile));
        all.put(tile, view);
    }

    private ObservableValue<String> meaning(Tile tile) {
        String text = tile.meaning() + OPENS;
        return tile == Tile.MEDIAN || tile == Tile.P99
                ? model.latencyOperationProperty().map(timed -> "Latency of " + timed.label() + ": " + text)
                : new SimpleStringProperty(text);
    }

    private void bindCaption(LiveTile tile, String percentile) {
        var operation = model.latencyOperationProperty();
        tile.captionProperty().bind(Bindings.createStringBinding(() -> tiles.getWidth() < NAMES_FROM
                ? percentile + ", ms"
                : percentile + " " + operation.get().label() + ", ms", operation, tiles.widthProperty()));
    }

    /// Draws the courses of all figures in the visible time.
    void redraw() {
        Span span = model.window().span();
        all.forEach((tile, view) -> {
            Course course = courses.of(tile);
            view.course(course.samples(), course.series(), span);
        });
    }
}
