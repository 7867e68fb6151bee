package dev.memfuse.console.lab.tune;

import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.lab.experiment.RunningController;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.tune.TuneResult;

/// The section that tunes, for the page that holds it. FX thread only.
public final class TuneView {
    private final TuneViewModel model;
    private final Parent node;

    public TuneView(Lab lab, Tunables tunables, PageTools tools) {
        model = new TuneViewModel(lab, tunables, tools.tasks(), FxThread.EXECUTOR, tools.inform());
        node = new FxmlViews(Map.of(TuneController.class, () -> new TuneController(model), TuneFormController.class,
                () -> new TuneFormController(model), RunningController.class,
                () -> new RunningController(model.experiment()), TuneResultController.class,
                () -> new TuneResultController(model))).load(FxmlView.TUNE);
    }

    /// Returns the node of the section.
    public Parent node() {
        return node;
    }

    /// Applies a state of the engine.
    public void engineState(EngineState now) {
        model.experiment().engineState(now);
    }

    /// Checks the form.
    public void check() {
        model.check();
    }

    /// Reads the progress of the running tuning.
    public void tick() {
        model.experiment().tick();
    }

    /// Shows a recorded tuning in the place of the last result.
    public void show(TuneResult recorded) {
        model.showRecorded(recorded);
    }
}
