package dev.memfuse.console.database;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.console.context.EngineControl;
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
    private final Connections connections;

    /// The parts of the page about connections.
    private record Connections(DatabaseViewModel typed, ConnectionsModel list, ConnectionForm form) {

        static Connections of(EngineControl engine, LoadService loads, Settings settings, PageTools tools) {
            DatabaseViewModel typed = new DatabaseViewModel(connector(engine, loads, settings, tools),
                    settings.tunables(), engine.probe(), tools.tasks());
            ConnectionsModel list = new ConnectionsModel(engine.host(), settings.connections(),
                    connector(engine, loads, settings, tools), typed::test, tools);
            return new Connections(typed, list, new ConnectionForm(typed, list, settings, tools));
        }

        /// List and form show question and problem of their own changes.
        private static Connector connector(EngineControl engine, LoadService loads, Settings settings,
                PageTools tools) {
            return new Connector(new DatabaseChange(engine.host(), loads, FxThread.EXECUTOR, tools.inform()), settings,
                    tools.tasks());
        }

        void check() {
            typed.change().check();
            list.connector().change().check();
        }

        void reload() {
            list.reload();
            form.reload();
        }
    }

    /// @param settings the settings in force, the profiles and the saved connections
    public DatabasePage(EngineControl engine, LoadService loads, Settings settings, PageTools tools) {
        this(new ServerModel(engine.server(), tools.tasks()), new PlansModel(engine.plans(), tools),
                Connections.of(engine, loads, settings, tools),
                new LoadDataViewModel(engine.host()::engine, loads, tools.tasks(), FxThread.EXECUTOR),
                new ServerSettingsModel(engine.server(), settings.tunables(), engine.host(),
                        new DatabaseChange(engine.host(), loads, FxThread.EXECUTOR, tools.inform()), tools),
                engine.host(), loads);
    }

    private DatabasePage(ServerModel server, PlansModel plans, Connections connections, LoadDataViewModel loadData,
            ServerSettingsModel settings, EngineHost host, LoadService loads) {
        super(INFO, load(server, plans, connections, loadData, settings));
        this.server = server;
        this.plans = plans;
        this.connections = connections;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> {
            connections.typed().engineState(host.state());
            connections.list().refresh();
            server.ready(host.state() instanceof EngineState.Ready);
            plans.ready(host.state() instanceof EngineState.Ready);
            settings.ready(host.state() instanceof EngineState.Ready);
            loadData.refresh();
        });
        host.onState(_ -> state.request());
        FxCoalescer size = new FxCoalescer(FxThread.EXECUTOR, loadData::refresh);
        whileShown(() -> {
            loadData.refresh();
            connections.reload();
            return () -> {};
        });
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            server.refresh();
            settings.refresh();
            settings.check();
            connections.check();
            loadData.check();
        })::close);
        loads.onRun(_ -> size.request());
    }

    @Override
    public List<Action> actions() {
        DatabaseViewModel typed = connections.typed();
        return List.of(Action.of("database.test", "Test the database of the typed URL", typed::test)
                .when(typed::canTest),
                Action.of("database.embedded", "Connect to the embedded database", typed::connectEmbedded),
                Action.of("database.connect", "Connect to the selected connection", connections.list()::connect)
                        .when(connections.list()::canConnect),
                show(ServerModel.Part.SESSIONS, "Show the sessions of the database server"),
                show(ServerModel.Part.LOCKS, "Show the locks that sessions wait for"),
                show(ServerModel.Part.STATEMENTS, "Show the statements that take the most time"),
                show(ServerModel.Part.TABLES, "Show the sizes of tables and indexes"),
                show(ServerModel.Part.ACTIVITY, "Show the activity of the database server"),
                Action.of("database.explain", "Explain the statements of the chosen call", plans::explain)
                        .when(plans::canExplain));
    }

    private Action show(ServerModel.Part part, String title) {
        return Action.of("database." + part.name().toLowerCase(Locale.ROOT), title,
                () -> server.partProperty().set(part));
    }

    private static Parent load(ServerModel server, PlansModel plans, Connections connections,
            LoadDataViewModel loadData, ServerSettingsModel settings) {
        return new FxmlViews(Map.of(ServerSettingsController.class, () -> new ServerSettingsController(settings),
                ServerController.class, () -> new ServerController(server),
                PlansController.class, () -> new PlansController(plans),
                DatabaseController.class, () -> new DatabaseController(connections.typed()),
                ConnectionsController.class,
                () -> new ConnectionsController(connections.list(), connections.form()),
                ConnectionFormController.class,
                () -> new ConnectionFormController(connections.typed(), connections.form()),
                LoadDataController.class, () -> new LoadDataController(loadData))).load(FxmlView.DATABASE);
    }
}
