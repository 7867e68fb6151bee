package dev.memfuse.console.lab.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
import dev.memfuse.console.lab.tune.TuneView;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.tune.TuneResult;

/// The Advice page: what should be changed, tried as an experiment; and the section that searches for better settings.
public final class AdvicePage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("advice", "Advice", Icons.ADVICE, "Lab");
    private static final Duration TICK = Duration.ofMillis(250);

    private final AdviceViewModel model;
    private final TuneView tune;
    private final AdviceController controller;

    /// @param showMoment shows the charts at a moment
    public AdvicePage(Lab lab, Tunables tunables, EngineHost host, Consumer<Instant> showMoment, PageTools tools) {
        this(new AdviceViewModel(lab, tunables, tools.tasks(), FxThread.EXECUTOR, tools.inform()),
                new TuneView(lab, tunables, tools), host, showMoment);
    }

    private AdvicePage(AdviceViewModel model, TuneView tune, EngineHost host, Consumer<Instant> showMoment) {
        this(model, tune, host, new AdviceController(model, trial(model), tune.node()), showMoment);
    }

    private AdvicePage(AdviceViewModel model, TuneView tune, EngineHost host, AdviceController controller,
            Consumer<Instant> showMoment) {
        super(INFO, load(model, controller, showMoment));
        this.model = model;
        this.tune = tune;
        this.controller = controller;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> {
            model.experiment().engineState(host.state());
            tune.engineState(host.state());
        });
        host.onState(_ -> state.request());
        whileShown(() -> {
            model.check();
            tune.check();
            return Subscription.EMPTY;
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            model.tick();
            tune.tick();
        })::close);
    }

    /// Shows recorded advice in the place of the last result.
    public void show(RecordedResults.Advised recorded) {
        model.show(recorded);
        controller.section(false);
    }

    /// Shows the recorded trial of an advice in the place of the last result.
    public void show(AdviceTrial recorded) {
        model.show(recorded);
        controller.section(false);
    }

    /// Shows a recorded tuning in the place of the last one.
    public void show(TuneResult recorded) {
        tune.show(recorded);
        controller.section(true);
    }

    @Override
    public List<Action> actions() {
        return model.experiment().actions(model::run);
    }

    private static Parent trial(AdviceViewModel model) {
        return new FxmlViews(Map.of(TrialController.class, () -> new TrialController(model), RunningController.class,
                () -> new RunningController(model.trials()))).load(FxmlView.ADVICE_TRIAL);
    }

    private static Parent load(AdviceViewModel model, AdviceController controller, Consumer<Instant> showMoment) {
        return new FxmlViews(Map.of(AdviceController.class, () -> controller, AdviceFormController.class,
                () -> new AdviceFormController(model), RunningController.class,
                () -> new RunningController(model.experiment()), AdviceResultController.class,
                () -> new AdviceResultController(model, showMoment))).load(FxmlView.ADVICE);
    }
}
