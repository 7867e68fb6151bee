package dev.memfuse.console.target;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import dev.memfuse.console.chart.ChartGrid;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.target.PoolFigures;
import dev.memfuse.target.PoolReading;
import org.jspecify.annotations.Nullable;

/// Binds the table of pools, the charts and the events of a target to their view model.
public final class TargetPoolsController {
    private static final int SHOWN = 6;
    private static final int EVENTS = 5;

    @FXML
    private TableView<PoolRow> pools;
    @FXML
    private ChartGrid grid;
    @FXML
    private TableView<EventMark> events;

    private final TargetsViewModel model;
    private final List<LiveChart> charts = new ArrayList<>();
    private @Nullable LiveChart all;
    private boolean choosing;

    TargetPoolsController(TargetsViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        showPools();
        TargetFeed feed = model.feed();
        charts.addAll(List.of(new LiveChart(TargetFeed.POOL, model.window(), feed.pool()),
                new LiveChart(TargetFeed.HEAP, model.window(), feed.heap()),
                new LiveChart(TargetFeed.PROCESSOR, model.window(), feed.processor())));
        grid.show(charts);
        events.getColumns().setAll(List.of(
                Columns.width(Columns.text("Time", mark -> Formats.timeOfDay(mark.at())), 80, 90),
                Columns.text("Event", EventMark::text)));
        events.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        events.setItems(model.events());
        Columns.placeholder(events, "No loss, no return and no change so far.");
        Columns.fitHeight(events, 1);
        model.events().addListener((ListChangeListener<EventMark>) _ -> Columns.fitHeight(events,
                Math.clamp(model.events().size(), 1, EVENTS)));
    }

    private void showPools() {
        pools.getColumns().setAll(List.of(column("Pool", PoolFigures::pool, 160),
                number("In use", found -> range(found.active(), found.now().active())),
                number("Idle", found -> gauge(found.now().idle())),
                number("Waiting", found -> range(found.waiting(), found.now().waiting())),
                number("Open", found -> gauge(found.now().total())),
                number("Limit", found -> gauge(found.now().maximum()))));
        pools.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        pools.setItems(model.pools());
        Columns.placeholder(pools, "The pools are being read.");
        Columns.fitHeight(pools, 1);
        pools.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null && !choosing) {
                model.chosenProperty().set(row.name());
            }
        });
        model.pools().addListener((ListChangeListener<PoolRow>) _ -> {
            Columns.fitHeight(pools, Math.clamp(model.pools().size(), 1, SHOWN));
            select();
        });
        model.chosenProperty().subscribe(_ -> select());
    }

    /// Selects the row of the chosen pool.
    private void select() {
        choosing = true;
        model.pools().stream().filter(row -> row.name().equals(model.chosenProperty().get())).findFirst()
                .ifPresent(row -> pools.getSelectionModel().select(row));
        choosing = false;
    }

    private static TableColumn<PoolRow, String> column(String title, Function<PoolFigures, String> text, double min) {
        TableColumn<PoolRow, String> column = Columns.width(Columns.text(title, PoolRow::name), min, 2_000);
        column.setCellValueFactory(row -> row.getValue().figuresProperty().map(text));
        return column;
    }

    private static TableColumn<PoolRow, String> number(String title, Function<PoolFigures, String> text) {
        TableColumn<PoolRow, String> column = column(title, text, 70);
        column.getStyleClass().add("number-column");
        return column;
    }

    private static String gauge(int value) {
        return value == PoolReading.UNKNOWN ? Formats.NONE : Formats.count(value);
    }

    /// Returns the newest value, and the largest of the samples since the last redraw where it is higher.
    private static String range(PoolFigures.Range range, int now) {
        return gauge(now) + (range.max() > now ? " (peak " + gauge(range.max()) + ")" : "");
    }

    /// Draws the charts; called while the page is visible.
    void draw() {
        showAll(model.feed().names());
        List<EventMark> marks = List.copyOf(model.events()).reversed();
        charts.forEach(chart -> {
            chart.marks(marks);
            chart.redraw();
        });
    }

    /// Shows several pools on one chart, which is another one for other pools.
    private void showAll(List<String> names) {
        LiveChart before = all;
        if (names.size() > 1 ? before != null && before.samples() == model.feed().all() : before == null) {
            return;
        }
        if (before != null) {
            before.detach();
            charts.remove(before);
            all = null;
        }
        if (names.size() > 1) {
            LiveChart next = new LiveChart(TargetFeed.all(names), model.window(), model.feed().all());
            charts.add(1, next);
            all = next;
        }
        grid.show(charts);
    }
}
