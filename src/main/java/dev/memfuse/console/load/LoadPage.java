package dev.memfuse.console.load;

import java.time.Duration;
import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.load.LoadService;

/// The Load page: configures, runs and follows loads, and shows their results.
public final class LoadPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("load", "Load", Icons.LOAD);
    private static final Duration TICK = Duration.ofMillis(250);

    private final LoadViewModel model;

    public LoadPage(LoadService loads, ScenarioRunner scenarios, EngineHost host, Tunables tunables, PageTools tools) {
        this(new LoadViewModel(loads, scenarios, tools.tasks(), FxThread.EXECUTOR, tools.inform()), host,
                new KeepData(tunables, tools, FxThread.EXECUTOR),
                new NetworkChoice(tunables, tools, FxThread.EXECUTOR), tools.remembered());
    }

    private LoadPage(LoadViewModel model, EngineHost host, KeepData kept, NetworkChoice network,
            Remembered remembered) {
        super(INFO, load(model, kept, network));
        this.model = model;
        model.form().keep(remembered);
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.engineState(host.state()));
        host.onState(_ -> state.request());
        DataAge age = new DataAge();
        showAge(age);
        whileShown(() -> {
            model.refresh();
            return new FxTicker(TICK, FxThread.EXECUTOR, () -> {
                model.tick();
                age.updated();
            })::close;
        });
    }

    private static Parent load(LoadViewModel model, KeepData kept, NetworkChoice network) {
        return new FxmlViews(Map.of(LoadController.class, LoadController::new, LoadRunningController.class,
                () -> new LoadRunningController(model), LoadFormController.class,
                () -> new LoadFormController(model, kept, network), LoadResultController.class,
                () -> new LoadResultController(model))).load(FxmlView.LOAD);
    }

    /// Puts a scenario into the form.
    public void show(Scenario scenario) {
        model.form().show(scenario);
    }

    /// Starts the load of the form. An invalid form shows its problems instead.
    public void start() {
        model.start();
    }

    /// Starts the load of the form, which lasts at least a given time whatever the form says.
    ///
    /// @param refused called when it does not start; the page has the reason
    public void start(Duration atLeast, Runnable refused) {
        model.start(atLeast, refused);
    }
}
