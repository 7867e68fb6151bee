package dev.memfuse.console.lab.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.lab.experiment.RunningController;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.lab.sweep.SweepResult;

/// The Sweep page: throughput and latency against one parameter.
public final class SweepPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("sweep", "Sweep", Icons.SWEEP, "Lab");
    private static final Duration TICK = Duration.ofMillis(250);

    private final SweepViewModel model;

    public SweepPage(Lab lab, Tunables tunables, EngineHost host, PageTools tools) {
        this(new SweepViewModel(lab, tunables, tools.tasks(), FxThread.EXECUTOR, tools.inform()), host);
    }

    private SweepPage(SweepViewModel model, EngineHost host) {
        super(INFO, load(model));
        this.model = model;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.experiment().engineState(host.state()));
        host.onState(_ -> state.request());
        whileShown(() -> {
            model.check();
            return Subscription.EMPTY;
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, model.experiment()::tick)::close);
    }

    /// Shows a recorded sweep in the place of the last result.
    public void show(SweepResult recorded) {
        model.show(recorded);
    }

    @Override
    public List<Action> actions() {
        return model.experiment().actions(model::run);
    }

    private static Parent load(SweepViewModel model) {
        return new FxmlViews(Map.of(SweepController.class, () -> new SweepController(model),
                SweepFormController.class, () -> new SweepFormController(model), RunningController.class,
                () -> new RunningController(model.experiment()), SweepResultController.class,
                () -> new SweepResultController(model), SweepChartsController.class, SweepChartsController::new))
                .load(FxmlView.SWEEP);
    }
}
