package dev.memfuse.console.target;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.Targets;

/// The Targets page: the pools of other JVMs. A session goes on while the page is hidden; the page draws only while it
/// is visible.
public final class TargetsPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("targets", "Targets", Icons.TARGETS);
    private static final Duration TICK = Duration.ofMillis(1_000 / TargetSession.RATE);
    private final TargetsController controller;

    public TargetsPage(Targets targets, Clock clock, PageTools tools) {
        this(new TargetsViewModel(targets, clock, tools.remembered()), new JvmListViewModel(targets, tools.tasks()),
                tools);
    }

    private TargetsPage(TargetsViewModel model, JvmListViewModel list, PageTools tools) {
        this(model, list, new TargetChangesViewModel(model, tools.changes()), new TargetsController(model, list),
                new TargetPoolsController(model));
    }

    private TargetsPage(TargetsViewModel model, JvmListViewModel list, TargetChangesViewModel changes,
            TargetsController controller, TargetPoolsController pools) {
        super(INFO, load(model, changes, controller, pools));
        this.controller = controller;
        whileShown(() -> {
            if (model.sessionProperty().get() == null) {
                list.list();
            }
            FxTicker ticker = new FxTicker(TICK, FxThread.EXECUTOR, () -> {
                model.refresh();
                changes.refresh();
                pools.draw();
            });
            return Subscription.combine(ticker::close, model.window()::clearCursor);
        });
    }

    private static Parent load(TargetsViewModel model, TargetChangesViewModel changes, TargetsController controller,
            TargetPoolsController pools) {
        return new FxmlViews(Map.of(TargetsController.class, () -> controller, TargetPoolsController.class,
                () -> pools, TargetChangesController.class, () -> new TargetChangesController(model, changes)))
                .load(FxmlView.TARGETS);
    }

    @Override
    public List<Action> actions() {
        return controller.actions();
    }
}
