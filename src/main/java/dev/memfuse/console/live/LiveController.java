package dev.memfuse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

import dev.memfuse.console.chart.ChartGrid;
import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.CrosshairFocus;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.chart.MarkLane;
import dev.memfuse.console.chart.PictureSheet;
import dev.memfuse.console.chart.TimeChart;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.EventMark;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the Live page to its view model and owns its charts.
public final class LiveController {
    /// Width in pixels below which the toolbar has no space for the hint.
    private static final double HINT_FROM = 1250;
    /// Width in pixels below which the last buttons of the toolbar have icons only.
    private static final double WORDS_FROM = 960;
    /// Size of the hint in pixels to which that width belongs; with a smaller one the buttons stay as wide.
    private static final double HINT_SIZE = 11;
    private static final String LENGTH = "live.minutes";
    private static final String SECOND = "live.second";

    private final LiveViewModel model;
    private final SpanModel spans;
    private final WaitsModel waits;
    private final BaselineModel baseline;
    private final Remembered remembered;
    private final LiveExport export;
    private final Runnable startLoad;
    private final Consumer<Instant> showLog;
    private final List<TimeChart> charts = new ArrayList<>();
    private final ChartArrangement arrangement;
    private final ChartCells cells;
    private final ErrorsCell errors;
    private final LiveTilesController tiles;
    private final MarkLane lane;
    private final NotesModel notes;
    private final SecondModel second;
    private @Nullable LimitLines limits;
    private final BooleanProperty waitsWanted = new SimpleBooleanProperty();
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
    private ToggleButton showSecond;
    @FXML
    private ToggleButton showBaseline;
    @FXML
    private MenuButton exports;
    @FXML
    private Label hint;
    @FXML
    private Label pausedNote;
    @FXML
    private VBox content;
    @FXML
    private HBox beside;
    @FXML
    private ScrollPane scroll;
    @FXML
    private ChartGrid grid;
    @FXML
    private StatePane states;
    @FXML
    private Label cost;

    /// @param notes writes, changes and removes the notes of the user
    /// @param second the figures of the second under the cross hair
    /// @param remembered keeps the choices for the charts
    /// @param startLoad starts a load, or shows why it cannot
    /// @param showLog shows the log at a moment
    LiveController(LiveViewModel model, SpanModel spans, NotesModel notes, SecondModel second, WaitsModel waits,
            BaselineModel baseline,
            Remembered remembered, LiveExport export, Runnable startLoad, Consumer<Instant> showLog) {
        this.model = model;
        this.spans = spans;
        this.notes = notes;
        this.second = second;
        this.waits = waits;
        this.baseline = baseline;
        this.remembered = remembered;
        this.export = export;
        this.startLoad = startLoad;
        this.showLog = showLog;
        arrangement = new ChartArrangement(LiveCharts.CELLS, remembered);
        cells = new ChartCells(arrangement);
        errors = new ErrorsCell(model, remembered);
        tiles = new LiveTilesController(model, this::showChart);
        lane = new MarkLane(model.window());
        lane.onMark(spans::beforeAndAfter);
        lane.onNotes(notes);
        notes.onChange(this::showMarks);
    }

    @FXML
    void initialize() {
        LiveFeed feed = model.feed();
        LiveChart throughput = add(LiveCharts.THROUGHPUT, feed.throughput());
        LatencyCell latency = new LatencyCell(model, remembered);
        add(LiveCharts.LATENCY.id(), latency.lines());
        add(LiveCharts.LATENCY.id(), latency.map());
        LiveChart pool = add(LiveCharts.POOL, feed.pool());
        new BaselineOverlay(baseline, model, throughput, latency.lines(), pool).start();
        StagesCell stages = new StagesCell(model, waits, remembered);
        add(LiveCharts.STAGE_TIMES.id(), stages.stages());
        cells.add(LiveCharts.STAGE_TIMES.id(), stages.waits());
        add(LiveCharts.STAGE_TIMES.id(), stages.overTime());
        waitsWanted.bind(stages.waitsShownProperty().and(stages.waits().sceneProperty().isNotNull()));
        LiveChart buffers = add(LiveCharts.BUFFERS, feed.buffers());
        for (ErrorsCell.Form form : ErrorsCell.Form.values()) {
            add(LiveCharts.ERRORS.id(), errors.chart(form));
        }
        limits = new LimitLines(model::limits, model.latencyOperationProperty()::get,
                new LimitLines.Charts(throughput, latency.lines(), pool, buffers,
                        errors.chart(ErrorsCell.Form.ERRORS), errors.chart(ErrorsCell.Form.PAUSES),
                        errors.chart(ErrorsCell.Form.PROGRAM)));
        cells.start(grid);
        content.getChildren().addFirst(lane);
        content.getChildren().add(new NoteEditor(notes, lane));
        SecondDrawer drawer = new SecondDrawer(second);
        CrosshairFocus.keep(drawer, model.window());
        beside.getChildren().add(drawer);
        bindToolbar();
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
        pausedNote.textProperty().bind(model.pausedNoteProperty());
        Visibility.bind(pausedNote, model.pausedProperty());
        whenWide(HINT_FROM, wide -> Visibility.set(hint, wide));
        whenWide(WORDS_FROM, wide -> {
            ContentDisplay display = wide ? ContentDisplay.LEFT : ContentDisplay.GRAPHIC_ONLY;
            pause.setContentDisplay(display);
            showSecond.setContentDisplay(display);
            showBaseline.setContentDisplay(display);
            exports.setContentDisplay(display);
        });
        model.emptyProperty().subscribe(empty -> states.stateProperty().set(empty ? noLoadYet() : PageState.READY));
        cost.textProperty().bind(model.costProperty());
        visibleCharts().follow(grid);
    }

    /// Calls `each` now and after each change with whether the page is at least so wide, for the usual size of text.
    private void whenWide(double least, Consumer<Boolean> each) {
        // A binding of both would be collected as garbage, since nobody but its listener knows it.
        hint.fontProperty().map(font -> least * Math.max(1, font.getSize() / HINT_SIZE))
                .flatMap(from -> root.widthProperty().map(width -> width.doubleValue() >= from))
                // The width changes during layout, when the children must not change.
                .subscribe(wide -> FxThread.EXECUTOR.execute(() -> each.accept(wide)));
    }

    private LiveChart add(ChartSpec spec, SampleRing samples) {
        return add(spec.id(), new LiveChart(spec, model.window(), samples));
    }

    private <T extends TimeChart> T add(String cell, T chart) {
        chart.onMoment("Show the log at %s", KeyCode.L, showLog);
        chart.onMoment("Select from mark to mark around %s", KeyCode.M, spans::fromMarkToMark);
        chart.onMoment("Compare before and after the mark nearest to %s", KeyCode.B, spans::beforeAndAfter);
        chart.onMoment("Add a note at %s", KeyCode.N, notes::add);
        chart.onMoment("Start the baseline at %s", KeyCode.A, baseline::startAt);
        chart.onMark(spans::beforeAndAfter);
        if (chart instanceof LiveChart lines) {
            lines.keepSeries(remembered, "live." + chart.id() + ".off");
        }
        charts.add(chart);
        cells.add(cell, chart);
        return chart;
    }

    private void bindToolbar() {
        ChartScales.keepOneSelected(lengths);
        remembered.get(LENGTH).flatMap(kept -> lengths.getToggles().stream()
                .filter(toggle -> toggle.getUserData().equals(kept)).findFirst()).ifPresent(lengths::selectToggle);
        model.window().length(minutes(lengths.getSelectedToggle()));
        lengths.selectedToggleProperty().addListener((_, _, selected) -> {
            if (selected != null) {
                model.window().length(minutes(selected));
                remembered.put(LENGTH, (String) selected.getUserData());
            }
        });
        remembered.keep(SECOND, second.openProperty());
        showSecond.selectedProperty().bindBidirectional(second.openProperty());
        showBaseline.selectedProperty().bindBidirectional(baseline.openProperty());
        baseline.openProperty().addListener((_, _, open) -> {
            if (!open) {
                showBaseline.requestFocus();
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
                "The charts start with the first operation and keep two hours of history.",
                new PageState.Action("Start a load", startLoad));
    }

    /// Shows newly arrived samples in all visible charts.
    void update() {
        giveMarks();
        showLimits();
        baseline.align();
        model.followNewest();
        if (!model.window().following() && model.showsNewest()) {
            charts.forEach(TimeChart::redraw);
            tiles.redraw();
        }
        spans.refresh();
        second.refresh();
    }

    /// Clears the selection wherever the focus is, unless the focused control has a use for the key.
    private void onKey(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && notes.stepProperty().get() != NotesModel.Step.CLOSED) {
            notes.leave();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && model.window().selectionProperty().get() != null) {
            spans.clear();
            event.consume();
        }
    }

    private VisibleCharts visibleCharts() {
        return new VisibleCharts(charts, scroll);
    }

    private void giveMarks() {
        List<EventMark> marks = model.marks();
        lane.marks(marks);
        charts.forEach(chart -> chart.marks(marks));
    }

    private void showMarks() {
        giveMarks();
        charts.forEach(TimeChart::redraw);
    }

    /// Redraws all visible charts without new samples.
    void redraw() {
        showLimits();
        visibleCharts().find();
        showMarks();
        second.refresh();
        tiles.redraw();
    }

    /// Shows the chart of a tile and gives it the focus.
    private void showChart(LiveTiles.Tile tile) {
        TileCourses.form(tile).ifPresent(errors.formProperty()::set);
        String cell = TileCourses.cell(tile);
        arrangement.reveal(cell);
        cells.focus(cell, scroll);
    }

    /// Returns the controller of the tiles.
    LiveTilesController tiles() {
        return tiles;
    }

    private void showLimits() {
        if (limits != null) {
            limits.update();
        }
    }

    /// Samples the waits while they are shown; ends with the subscription.
    Subscription sampleWaits() {
        Subscription wanted = waitsWanted.subscribe(shown -> {
            if (shown) {
                waits.start();
            } else {
                waits.stop();
            }
        });
        return wanted.and(waits::stop);
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
                        .keys("Shortcut+Shift+E"),
                Action.of("live.charts.usual", "Show all charts in the usual order", arrangement::reset)
                        .when(() -> !arrangement.isUsual()),
                Action.of("live.baseline", "Draw a recorded load beneath the charts",
                        () -> baseline.openProperty().set(true)),
                Action.of("live.baseline.remove", "Draw no recorded load beneath the charts", baseline::remove)
                        .when(() -> baseline.chosenProperty().get() != null),
                Action.of("live.note", "Add a note to the charts, at the cross hair or now", notes::addHere)
                        .keys("Shortcut+N").when(() -> !model.emptyProperty().get()),
                Action.of("live.second", "Show or hide the figures of the second under the cross hair",
                        showSecond::fire)
                        .keys("Shortcut+Shift+D"),
                Action.of("live.select.window", "Select the visible time of the charts", spans::selectWindow),
                Action.of("live.select.mark", "Compare before and after the newest mark",
                        () -> spans.beforeAndAfter(Instant.MAX)),
                Action.of("live.select.change", "Compare before and after the newest change of a setting",
                        spans::beforeAndAfterChange),
                Action.of("live.select.adds", "Show the figures of adds in the selected time", spans::showAdds),
                Action.of("live.record", "Record the selected time of the charts, or the visible one", spans::record)
                        .keys("Shortcut+Shift+R"),
                Action.of("live.select.zoom", "Show the selected time alone", spans::zoom).when(this::hasSelection),
                Action.of("live.select.clear", "Clear the selection of the charts", spans::clear)
                        .when(this::hasSelection)));
        for (Toggle toggle : lengths.getToggles()) {
            String minutes = (String) toggle.getUserData();
            actions.add(Action.of("live.minutes." + minutes,
                    "Show " + ((ToggleButton) toggle).getText() + " in the charts",
                    () -> lengths.selectToggle(toggle)));
        }
        return List.copyOf(actions);
    }

    /// Returns the baseline of the charts.
    BaselineModel baseline() {
        return baseline;
    }

    private boolean hasSelection() {
        return spans.selectionProperty().get() != null;
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
        export.picture(grid, new PictureSheet(pictureTitle(), model.window().span(), model.marks()));
    }

    private String pictureTitle() {
        return "MemFuse Console, Live" + (baseline.drawn() == null
                ? ""
                : "; pale: " + baseline.titleProperty().get());
    }

    @FXML
    void onTable() {
        export.table(root, model.csv(baseline.drawn()));
    }
}
