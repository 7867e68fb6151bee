package dev.memfuse.console.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.alert.PerformanceMonitor;

/// The Alerts page: alerts, rules and objectives.
public final class AlertsPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("alerts", "Alerts", Icons.ALERTS);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final AlertsViewModel alerts;
    private final RulesViewModel rules;

    /// @param showMoment shows the charts, or the log, at a moment
    public AlertsPage(PerformanceMonitor monitor, Tunables tunables, Consumer<Instant> showMoment, PageTools tools) {
        this(new AlertsViewModel(monitor, showMoment), new RulesViewModel(monitor.rules(), tunables, tools),
                new ObjectivesViewModel(monitor, tools), monitor.rules().problem());
    }

    private AlertsPage(AlertsViewModel alerts, RulesViewModel rules, ObjectivesViewModel objectives, String problem) {
        super(INFO, load(alerts, rules, objectives, problem));
        this.alerts = alerts;
        this.rules = rules;
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            alerts.refresh();
            rules.refresh();
            objectives.refresh();
        })::close);
    }

    private static Parent load(AlertsViewModel alerts, RulesViewModel rules, ObjectivesViewModel objectives,
            String problem) {
        return new FxmlViews(Map.of(AlertsController.class,
                () -> new AlertsController(alerts, SteadyClock.process()::instant, problem), RulesController.class,
                () -> new RulesController(rules), ObjectivesController.class,
                () -> new ObjectivesController(objectives))).load(FxmlView.ALERTS);
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.of("alerts.acknowledge", "Acknowledge all alerts", alerts::acknowledgeAll),
                Action.of("alerts.add", "Add an alert rule", rules::add));
    }
}
