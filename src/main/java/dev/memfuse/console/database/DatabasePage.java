package dev.memfuse.console.database;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.EngineControl;
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
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.LoadService;

/// The Database page: shows the database in use, tests another one, and switches to it.
public final class DatabasePage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("database", "Database", Icons.DATABASE);
    private static final Duration TICK = Duration.ofSeconds(2);
    private final ServerModel server;
    private final PlansModel plans;
    private final DatabaseViewModel model;

    public DatabasePage(EngineControl engine, LoadService loads, Tunables tunables, PageTools tools) {
        this(new ServerModel(engine.server(), tools.tasks()), new PlansModel(engine.plans(), tools),
                new DatabaseViewModel(new DatabaseChange(engine.host(), loads, FxThread.EXECUTOR, tools.inform()),
                        tunables, engine.probe(), tools.tasks()),
                new LoadDataViewModel(engine.host()::engine, loads, tools.tasks(), FxThread.EXECUTOR),
                new ServerSettingsModel(engine.server(), tunables, engine.host(),
                        new DatabaseChange(engine.host(), loads, FxThread.EXECUTOR, tools.inform()), tools),
                engine.host(), loads);
    }

    private DatabasePage(ServerModel server, PlansModel plans, DatabaseViewModel model, LoadDataViewModel loadData,
            ServerSettingsModel settings, EngineHost host, LoadService loads) {
        super(INFO, load(server, plans, model, loadData, settings));
        this.server = server;
        this.plans = plans;
        this.model = model;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> {
            model.engineState(host.state());
            server.ready(host.state() instanceof EngineState.Ready);
            plans.ready(host.state() instanceof EngineState.Ready);
            settings.ready(host.state() instanceof EngineState.Ready);
            loadData.refresh();
        });
        host.onState(_ -> state.request());
        FxCoalescer size = new FxCoalescer(FxThread.EXECUTOR, loadData::refresh);
        whileShown(() -> {
            loadData.refresh();
            return () -> {};
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            server.refresh();
            settings.refresh();
        })::close);
        loads.onRun(_ -> size.request());
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.of("database.test", "Test the database of the typed URL", model::test)
                .when(model::canTest),
                Action.of("database.embedded", "Connect to the embedded database", model::connectEmbedded),
                show(ServerModel.Part.SESSIONS, "Show the sessions of the database server"),
                show(ServerModel.Part.LOCKS, "Show the locks that sessions wait for"),
                show(ServerModel.Part.STATEMENTS, "Show the statements that take the most time"),
                show(ServerModel.Part.TABLES, "Show the sizes of tables and indexes"),
                Action.of("database.explain", "Explain the statements of the chosen call", plans::explain)
                        .when(plans::canExplain));
    }

    private Action show(ServerModel.Part part, String title) {
        return Action.of("database." + part.name().toLowerCase(Locale.ROOT), title,
                () -> server.partProperty().set(part));
    }

    private static Parent load(ServerModel server, PlansModel plans, DatabaseViewModel model,
            LoadDataViewModel loadData, ServerSettingsModel settings) {
        return new FxmlViews(Map.of(ServerSettingsController.class, () -> new ServerSettingsController(settings),
                ServerController.class, () -> new ServerController(server),
                PlansController.class, () -> new PlansController(plans),
                DatabaseController.class, () -> new DatabaseController(model),
                LoadDataController.class, () -> new LoadDataController(loadData))).load(FxmlView.DATABASE);
    }
}
