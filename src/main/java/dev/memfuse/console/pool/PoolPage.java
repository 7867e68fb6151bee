package dev.memfuse.console.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.metrics.MetricsHub;

/// The Pool page: who holds which connection, and for how long. It reads only while it is visible.
public final class PoolPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("pool", "Pool", Icons.POOL);
    private static final Duration SAMPLE = Duration.ofMillis(1_000 / PoolScope.RATE);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final PoolViewModel model;

    public PoolPage(MetricsHub hub, Tunables tunables, PageTools tools) {
        this(new PoolViewModel(hub, tunables, tools));
    }

    private PoolPage(PoolViewModel model) {
        this(model, new PoolController(model));
    }

    private PoolPage(PoolViewModel model, PoolController controller) {
        super(INFO, load(controller));
        this.model = model;
        bindState(model.stateProperty());
        DataAge age = new DataAge();
        showAge(age);
        whileShown(() -> {
            FxTicker samples = new FxTicker(SAMPLE, FxThread.EXECUTOR, () -> {
                model.sample();
                controller.draw();
                age.updated();
            });
            FxTicker readings = new FxTicker(TICK, FxThread.EXECUTOR, model::refresh);
            return Subscription.combine(samples::close, readings::close);
        });
    }

    @Override
    public List<Action> actions() {
        return List.of(ask("pool.resize", "Resize the pool to the typed sizes, after a question",
                PoolViewModel.Action.RESIZE),
                ask("pool.replace", "Replace the connections of the pool, after a question",
                        PoolViewModel.Action.SOFT_EVICT),
                ask("pool.suspend", "Suspend the pool, after a question", PoolViewModel.Action.SUSPEND),
                ask("pool.resume", "Resume the pool, after a question", PoolViewModel.Action.RESUME),
                Action.of("pool.confirm", "Do what the Pool page asks about", model::confirm)
                        .when(() -> model.askedProperty().get() != null));
    }

    private Action ask(String id, String title, PoolViewModel.Action action) {
        return Action.of(id, title, () -> model.ask(action));
    }

    private static Parent load(PoolController controller) {
        return new FxmlViews(Map.of(PoolController.class, () -> controller)).load(FxmlView.POOL);
    }
}
