package dev.memfuse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.chart.ChartGrid;
import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.chart.PictureSheet;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.Operation;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the Live page to its view model and owns its charts.
public final class LiveController {
    /// Width in pixels below which the toolbar has no space for the hint.
    private static final double HINT_FROM = 960;
    /// Size of the hint in pixels to which that width belongs; with a smaller one the buttons stay as wide.
    private static final double HINT_SIZE = 11;
    private static final String LENGTH = "live.minutes";

    private final LiveViewModel model;
    private final Remembered remembered;
    private final LiveExport export;
    private final Runnable startLoad;
    private final Consumer<Instant> showLog;
    private final List<LiveChart> charts = new ArrayList<>();
    @FXML
    private VBox root;
    @FXML
    private ToggleButton pause;
    @FXML
    private FontIcon pauseIcon;
    @FXML
    private ToggleGroup lengths;
    @FXML
    private Button resetZoom;
    @FXML
    private Label hint;
    @FXML
    private Label pausedNote;
    @FXML
    private ScrollPane scroll;
    @FXML
    private ChartGrid grid;
    @FXML
    private StatePane states;
    @FXML
    private Label cost;

    /// @param remembered keeps the choices for the charts
    /// @param startLoad starts a load, or shows why it cannot
    /// @param showLog shows the log at a moment
    LiveController(LiveViewModel model, Remembered remembered, LiveExport export, Runnable startLoad,
            Consumer<Instant> showLog) {
        this.model = model;
        this.remembered = remembered;
        this.export = export;
        this.startLoad = startLoad;
        this.showLog = showLog;
    }

    @FXML
    void initialize() {
        LiveFeed feed = model.feed();
        add(LiveCharts.THROUGHPUT, feed.throughput());
        addLatency();
        add(LiveCharts.POOL, feed.pool());
        offerScales(add(LiveCharts.STAGE_TIMES, feed.stages()), LiveCharts.STAGE_TIMES.id());
        add(LiveCharts.BUFFERS, feed.buffers());
        add(LiveCharts.ERRORS, feed.errors());
        bindToolbar();
        pausedNote.textProperty().bind(model.pausedNoteProperty());
        Visibility.bind(pausedNote, model.pausedProperty());
        Bindings.createBooleanBinding(
                () -> root.getWidth() >= HINT_FROM * Math.max(1, hint.getFont().getSize() / HINT_SIZE),
                root.widthProperty(), hint.fontProperty())
                // The width changes during layout, when the children must not change.
                .subscribe(wide -> FxThread.EXECUTOR.execute(() -> Visibility.set(hint, wide)));
        model.emptyProperty().subscribe(empty -> states.stateProperty().set(empty ? noLoadYet() : PageState.READY));
        cost.textProperty().bind(model.costProperty());
        ChangeListener<Object> moved = (_, _, _) -> findVisible();
        scroll.viewportBoundsProperty().addListener(moved);
        grid.localToSceneTransformProperty().addListener(moved);
        // The size of the grid changes before its charts have their new positions.
        for (LiveChart chart : charts) {
            chart.view().layoutYProperty().addListener(moved);
            chart.view().heightProperty().addListener(moved);
        }
    }

    private LiveChart add(ChartSpec spec, SampleRing samples) {
        LiveChart chart = new LiveChart(spec, model.window(), samples);
        chart.onMoment("Show log", showLog);
        charts.add(chart);
        grid.add(chart);
        return chart;
    }

    private void addLatency() {
        LiveChart chart = add(LiveCharts.LATENCY, model.latency());
        chart.rough(model::isRough);
        model.latencyOperationProperty().addListener((_, _, _) -> chart.samples(model.latency()));
        ToggleGroup operations = new ToggleGroup();
        ToggleButton add = choice("add", operations, Styles.LEFT_PILL);
        ToggleButton query = choice("query", operations, Styles.RIGHT_PILL);
        add.setSelected(true);
        keepOneSelected(operations);
        operations.selectedToggleProperty().addListener((_, _, selected) -> {
            if (selected != null) {
                model.latencyOperationProperty().set(selected.equals(query) ? Operation.QUERY : Operation.ADD);
            }
        });
        remembered.keep("live.latency.query", query.selectedProperty());
        HBox choices = new HBox(add, query);
        choices.getStyleClass().add("chart-choices");
        chart.controls(choices);
        offerScales(chart, LiveCharts.LATENCY.id());
    }

    /// Offers the scales of a latency axis; the choice is remembered.
    private void offerScales(LiveChart chart, String id) {
        ToggleButton logarithmic = scale(id + "-log", "log", "Logarithmic axis; stages are lines then");
        ToggleButton clipped = scale(id + "-clip", "clip",
                "Ends the axis where most values end; a triangle at the upper edge marks the peaks above");
        clipped.setSelected(true);
        clipped.disableProperty().bind(logarithmic.selectedProperty());
        logarithmic.selectedProperty().subscribe(chart::logarithmic);
        clipped.selectedProperty().subscribe(chart::clipped);
        remembered.keep("live." + id + ".log", logarithmic.selectedProperty());
        remembered.keep("live." + id + ".clip", clipped.selectedProperty());
        chart.controls(clipped, logarithmic);
    }

    private static ToggleButton scale(String id, String text, String meaning) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(meaning));
        button.setAccessibleText(meaning);
        button.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        return button;
    }

    private static ToggleButton choice(String text, ToggleGroup group, String pill) {
        ToggleButton button = new ToggleButton(text);
        button.setId("latency-" + text);
        button.setToggleGroup(group);
        button.getStyleClass().addAll(Styles.SMALL, pill, "chart-choice");
        return button;
    }

    private static void keepOneSelected(ToggleGroup group) {
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
    }

    private void bindToolbar() {
        keepOneSelected(lengths);
        remembered.get(LENGTH).flatMap(kept -> lengths.getToggles().stream()
                .filter(toggle -> toggle.getUserData().equals(kept)).findFirst()).ifPresent(lengths::selectToggle);
        model.window().length(minutes(lengths.getSelectedToggle()));
        lengths.selectedToggleProperty().addListener((_, _, selected) -> {
            if (selected != null) {
                model.window().length(minutes(selected));
                remembered.put(LENGTH, (String) selected.getUserData());
            }
        });
        resetZoom.disableProperty().bind(model.window().followingProperty());
        pause.textProperty().bind(model.pausedProperty().map(paused -> paused ? "Resume" : "Pause"));
        model.pausedProperty()
                .addListener((_, _, paused) -> pauseIcon.setIconLiteral(paused ? Icons.RUN : Icons.PAUSE));
    }

    private static Duration minutes(Toggle toggle) {
        return Duration.ofMinutes(Long.parseLong((String) toggle.getUserData()));
    }

    private PageState noLoadYet() {
        return new PageState.Empty(Icons.LIVE, "No load yet",
                "The charts start with the first operation and keep ten minutes of history.",
                new PageState.Action("Start a load", startLoad));
    }

    /// Shows newly arrived samples in all visible charts.
    void update() {
        List<EventMark> marks = model.marks();
        charts.forEach(chart -> chart.marks(marks));
        model.followNewest();
        if (!model.window().following() && model.showsNewest()) {
            charts.forEach(LiveChart::redraw);
        }
    }

    /// Redraws all visible charts without new samples.
    void redraw() {
        List<EventMark> marks = model.marks();
        findVisible();
        for (LiveChart chart : charts) {
            chart.marks(marks);
            chart.redraw();
        }
    }

    private void findVisible() {
        if (scroll.getScene() == null) {
            return;
        }
        Bounds viewport = scroll.localToScene(scroll.getLayoutBounds());
        for (LiveChart chart : charts) {
            Node node = chart.view();
            chart.visible(node.localToScene(node.getLayoutBounds()).intersects(viewport));
        }
    }

    /// Returns the actions of the page.
    List<Action> actions() {
        List<Action> actions = new ArrayList<>(List.of(
                Action.of("live.pause", "Pause or resume the charts", pause::fire).keys("Shortcut+P"),
                Action.of("live.newest", "Follow the newest samples again", this::onResetZoom).keys("Shortcut+E")
                        .when(() -> !resetZoom.isDisabled()),
                Action.of("live.picture", "Save the charts as a picture", this::onPicture)
                        .keys("Shortcut+Shift+P"),
                Action.of("live.values", "Save the visible values as a table", this::onTable)
                        .keys("Shortcut+Shift+E")));
        for (Toggle toggle : lengths.getToggles()) {
            String minutes = (String) toggle.getUserData();
            actions.add(Action.of("live.minutes." + minutes, "Show " + minutes + " min in the charts",
                    () -> lengths.selectToggle(toggle)));
        }
        return List.copyOf(actions);
    }

    @FXML
    void onPause() {
        model.pause(pause.isSelected() ? LiveViewModel.Pausing.PAUSE : LiveViewModel.Pausing.RESUME);
        redraw();
    }

    @FXML
    void onResetZoom() {
        model.window().reset();
    }

    @FXML
    void onPicture() {
        export.picture(grid, new PictureSheet("MemFuse Console, Live", model.window().span(), model.marks()));
    }

    @FXML
    void onTable() {
        export.table(root, model.csv());
    }
}
