package dev.memfuse.console.pool;

import java.time.Duration;
import java.util.Map;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.config.Tunables;
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
    private static final Duration SAMPLE = Duration.ofMillis(1_000 / PoolScope.RATE);
    private static final Duration TICK = Duration.ofSeconds(1);

    public PoolPage(MetricsHub hub, Tunables tunables, PageTools tools) {
        this(new PoolViewModel(hub, tunables, tools));
    }

    private PoolPage(PoolViewModel model) {
        this(model, new PoolController(model));
    }

    private PoolPage(PoolViewModel model, PoolController controller) {
        super(new PageInfo("pool", "Pool", Icons.POOL), load(controller));
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

    private static Parent load(PoolController controller) {
        return new FxmlViews(Map.of(PoolController.class, () -> controller)).load(FxmlView.POOL);
    }
}
