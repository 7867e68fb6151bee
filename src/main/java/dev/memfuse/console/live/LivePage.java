package dev.memfuse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.FrameMeter;
import dev.memfuse.console.fx.FramePump;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.SaveDialog;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.metrics.MetricsSnapshot;

/// The Live page: figures of the running engine. It subscribes only while it is visible and fills the gap from the
/// history when it is shown again.
public final class LivePage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("live", "Live", Icons.LIVE);

    private static final Duration ENGINE_PERIOD = Duration.ofMillis(250);

    private final LiveViewModel model;
    private final LiveController controller;
    private final FramePump pump;
    private final DataAge age;
    private final FrameMeter meter = new FrameMeter();

    /// @param startLoad starts a load, or shows why it cannot; action of the empty state
    /// @param showLog shows the log at a moment
    public LivePage(LiveSources sources, PageTools tools, Runnable startLoad, Consumer<Instant> showLog) {
        this(sources, tools, new SimpleBooleanProperty(sources.engine().get().isPresent()), startLoad, showLog);
    }

    private LivePage(LiveSources sources, PageTools tools, BooleanProperty loadPossible, Runnable startLoad,
            Consumer<Instant> showLog) {
        LiveViewModel model = new LiveViewModel(sources);
        SpanModel spans = new SpanModel(sources.hub(), model.window(), tools.tasks(), sources.observe(),
                tools.inform(), tools.warn());
        this(model, spans, new LiveController(model, spans,
                new NotesModel(sources.hub().notes(), model.window(), model.pausedProperty(), sources.clock(),
                        tools.inform()),
                new SecondModel(sources.hub().slices(), model.window(), model.pausedProperty(),
                        () -> sources.engine().get().isPresent(), tools.tasks()),
                new WaitsModel(sources.hub(), tools.tasks()),
                new BaselineModel(sources.recordings(), tools.tasks(), sources.clock(), model::marks),
                tools.remembered(),
                new LiveExport(tools, sources.clock(), SaveDialog.DESKTOP),
                new PageState.Action("Start a load", startLoad, loadPossible), showLog), sources, loadPossible,
                tools.tasks());
        tools.preferences().redrawsProperty().subscribe(perSecond -> model.redraws(perSecond.intValue()));
    }

    /// @param loadPossible follows whether the engine runs
    LivePage(LiveViewModel model, SpanModel spans, LiveController controller, LiveSources sources,
            BooleanProperty loadPossible, TaskRunner tasks) {
        super(INFO,
                load(model, spans, controller, new DeadLetterDialog(sources.engine(), tasks)));
        this.model = model;
        this.controller = controller;
        ExtractionWatch extraction = new ExtractionWatch(sources.engine(), tasks, sources.hub(), sources.clock(),
                sources.cost(), model.durability()::extraction);
        pump = new FramePump(sources.hub(), this::accept);
        age = new DataAge();
        showAge(age);
        meter.frameP99MillisProperty().addListener((_, _, _) -> showCost());
        meter.measuredFramesProperty().addListener((_, _, _) -> showCost());
        meter.renderShareProperty().addListener((_, _, _) -> showCost());
        whileShown(this::measureFrames);
        whileShown(() -> new FxTicker(ENGINE_PERIOD, FxThread.EXECUTOR,
                () -> loadPossible.set(sources.engine().get().isPresent()))::close);
        whileShown(() -> {
            pump.start();
            return pump::stop;
        });
        whileShown(() -> {
            extraction.start();
            return extraction::stop;
        });
        whileShown(controller::sampleWaits);
        whileShown(() -> {
            model.refill();
            controller.redraw();
            // The values of a moment would be taken for those of now later.
            return model.window()::clearCursor;
        });
    }

    /// Shows the charts around a moment, with the crosshair on it.
    ///
    /// @return false when the charts no longer keep that moment; they stay as they are then
    public boolean show(Instant moment) {
        return model.show(moment);
    }

    /// Draws a recorded load beneath the charts.
    public void baseline(Manifest recorded) {
        controller.baseline().show(recorded);
    }

    @Override
    public List<Action> actions() {
        return controller.actions();
    }

    private static Parent load(LiveViewModel model, SpanModel spans, LiveController controller,
            DeadLetterDialog deadLetters) {
        return new FxmlViews(Map.of(LiveController.class, () -> controller, SpanController.class,
                () -> new SpanController(spans), BaselineController.class,
                () -> new BaselineController(controller.baseline()), LiveTilesController.class,
                controller::tiles, LiveDurabilityController.class,
                () -> new LiveDurabilityController(model, deadLetters::show))).load(FxmlView.LIVE);
    }

    /// The first page is shown before it is in the scene.
    private Subscription measureFrames() {
        Subscription scene = view().sceneProperty().subscribe(now -> {
            if (now == null) {
                meter.stop();
            } else {
                meter.start(now);
            }
        });
        return scene.and(meter::stop);
    }

    private void accept(List<MetricsSnapshot> snapshots) {
        if (model.accept(snapshots, System.nanoTime())) {
            controller.update();
        }
        age.updated();
    }

    private void showCost() {
        model.cost(new DrawingCost(meter.frameP99MillisProperty().get(), meter.measuredFramesProperty().get(),
                meter.fxShareProperty().get(), meter.renderShareProperty().get(), pump.dropped()));
    }

    /// Returns the view model.
    LiveViewModel model() {
        return model;
    }

    /// Returns the meter of the drawing cost.
    FrameMeter meter() {
        return meter;
    }
}
