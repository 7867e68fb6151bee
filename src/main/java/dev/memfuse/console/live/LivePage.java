package dev.memfuse.console.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.Parent;

import dev.memfuse.console.fx.FrameMeter;
import dev.memfuse.console.fx.FramePump;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.metrics.MetricsSnapshot;

/// The Live page: what the engine does while it does it. It listens only while it is shown; what happened meanwhile it
/// takes from the history.
public final class LivePage implements Page {
    private final LiveViewModel model;
    private final LiveController controller;
    private final FramePump pump;
    private final FrameMeter meter = new FrameMeter();
    private final ExtractionWatch extraction;
    private final Parent view;

    /// @param startLoad starts a load or says why not; for the button of the page without a history
    public LivePage(LiveSources sources, TaskRunner tasks, Runnable startLoad, Consumer<Instant> showLog) {
        model = new LiveViewModel(sources);
        controller = new LiveController(model, new LiveExport(tasks, sources.clock()), startLoad, showLog);
        view = new FxmlViews(Map.of(LiveController.class, () -> controller, LiveTilesController.class,
                () -> new LiveTilesController(model), LiveDurabilityController.class,
                () -> new LiveDurabilityController(model))).load(FxmlView.LIVE);
        extraction = new ExtractionWatch(sources.engine(), tasks, model.durability()::gaveUp);
        pump = new FramePump(sources.hub(), this::accept);
        meter.frameP99MillisProperty().addListener((_, _, _) -> showCost());
        meter.renderShareProperty().addListener((_, _, _) -> showCost());
    }

    private void accept(List<MetricsSnapshot> snapshots) {
        if (model.accept(snapshots, System.nanoTime())) {
            controller.draw();
        }
    }

    private void showCost() {
        model.cost(meter.frameP99MillisProperty().get(), meter.fxShareProperty().get(),
                meter.renderShareProperty().get(), pump.dropped());
    }

    /// What is shown, without nodes.
    LiveViewModel model() {
        return model;
    }

    /// What drawing the page costs.
    FrameMeter meter() {
        return meter;
    }

    @Override
    public String id() {
        return "live";
    }

    @Override
    public String title() {
        return "Live";
    }

    @Override
    public String icon() {
        return Icons.LIVE;
    }

    @Override
    public Node view() {
        return view;
    }

    @Override
    public void onShown() {
        if (view.getScene() != null) {
            meter.start(view.getScene());
        }
        pump.start();
        extraction.start();
        model.refill();
        controller.drawAgain();
    }

    @Override
    public void onHidden() {
        pump.stop();
        extraction.stop();
        meter.stop();
    }
}
