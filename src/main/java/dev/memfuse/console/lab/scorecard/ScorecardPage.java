package dev.memfuse.console.lab.scorecard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.context.Lab;
import dev.memfuse.console.context.Settings;
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
import dev.memfuse.lab.scorecard.PhaseSwitch;
import dev.memfuse.lab.scorecard.ScorecardResult;

/// The Scorecard page: the promises of the performance plan as measured, and its phases applied and rolled back.
public final class ScorecardPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("scorecard", "Scorecard", Icons.SCORECARD, "Lab");
    private static final Duration TICK = Duration.ofMillis(250);

    private final ScorecardViewModel model;

    /// @param compare opens a comparison of two lists of settings, `KEY=VALUE`
    public ScorecardPage(Lab lab, Settings settings, EngineHost host, BiConsumer<List<String>, List<String>> compare,
            PageTools tools) {
        this(new ScorecardViewModel(lab, tools.tasks(), FxThread.EXECUTOR, tools.inform()),
                new PhasesModel(new PhaseSwitch(settings.tunables(), settings.profiles()), lab::experimenting,
                        tools.tasks(), FxThread.EXECUTOR, compare),
                host);
    }

    private ScorecardPage(ScorecardViewModel model, PhasesModel phases, EngineHost host) {
        super(INFO, load(model, phases));
        this.model = model;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.experiment().engineState(host.state()));
        host.onState(_ -> state.request());
        whileShown(() -> {
            phases.refresh();
            return Subscription.EMPTY;
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            model.experiment().tick();
            phases.tick();
        })::close);
    }

    /// Shows a recorded scorecard in the place of the last result.
    public void show(ScorecardResult recorded) {
        model.show(recorded);
    }

    @Override
    public List<Action> actions() {
        return model.experiment().actions(model::run);
    }

    private static Parent load(ScorecardViewModel model, PhasesModel phases) {
        return new FxmlViews(Map.of(ScorecardController.class, () -> new ScorecardController(model),
                ScorecardFormController.class, () -> new ScorecardFormController(model), PhasesController.class,
                () -> new PhasesController(phases), RunningController.class,
                () -> new RunningController(model.experiment()), ScorecardResultController.class,
                () -> new ScorecardResultController(model), PromisesController.class, PromisesController::new))
                .load(FxmlView.SCORECARD);
    }
}
