package dev.memfuse.console.lab.compare;

import java.time.Duration;
import java.util.ArrayList;
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
import dev.memfuse.lab.history.RecordedResults;

/// The Compare page: two settings under the same load, and which is better.
public final class ComparePage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("compare", "Compare", Icons.COMPARE, "Lab");
    private static final Duration TICK = Duration.ofMillis(250);

    private final CompareViewModel model;

    public ComparePage(Lab lab, Tunables tunables, EngineHost host, PageTools tools) {
        this(new CompareViewModel(lab, tunables, tools.tasks(), FxThread.EXECUTOR, tools.inform()), host);
    }

    private ComparePage(CompareViewModel model, EngineHost host) {
        super(INFO, load(model));
        this.model = model;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.experiment().engineState(host.state()));
        host.onState(_ -> state.request());
        whileShown(() -> {
            model.reload();
            return Subscription.EMPTY;
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, model::tick)::close);
    }

    /// Shows a recorded comparison in the place of the last result.
    public void show(RecordedResults.Comparison recorded) {
        model.show(recorded);
    }

    /// Fills the form with two states of the settings as they are.
    ///
    /// @param a settings of arm A alone, `KEY=VALUE`
    /// @param b settings of arm B alone, `KEY=VALUE`
    public void offer(List<String> a, List<String> b) {
        model.form().a().show(a);
        model.form().b().show(b);
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>(model.experiment().actions(model::run));
        actions.add(Action.of("compare.bypass", "Fill the form: buffer bypass on and off",
                () -> offer(List.of("buffer.bypass_mode=true"), List.of("buffer.bypass_mode=false"))));
        return List.copyOf(actions);
    }

    private static Parent load(CompareViewModel model) {
        return new FxmlViews(Map.of(CompareController.class, () -> new CompareController(model),
                CompareFormController.class, () -> new CompareFormController(model), CompareRunningController.class,
                () -> new CompareRunningController(model), CompareResultController.class,
                () -> new CompareResultController(model), ComparePairsController.class, ComparePairsController::new,
                CompareSpectraController.class, CompareSpectraController::new,
                RunningController.class, () -> new RunningController(model.experiment()))).load(FxmlView.COMPARE);
    }
}
