package dev.memfuse.console.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import javafx.scene.Parent;

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
import dev.memfuse.server.ServerControl;

/// The Server page: switches the server over HTTP, and shows who uses it.
public final class ServerPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("server", "Server", Icons.SERVER);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final ServerViewModel server;
    private final KeysViewModel keys;

    /// @param host holds the engine, whose database has the keys
    public ServerPage(ServerControl control, EngineHost host, PageTools tools) {
        this(control, new ServerViewModel(control, tools), new RequestsViewModel(control, tools.tasks()),
                new KeysViewModel(control, host, tools.tasks()));
    }

    private ServerPage(ServerControl control, ServerViewModel server, RequestsViewModel requests, KeysViewModel keys) {
        super(INFO, load(server, requests, keys));
        this.server = server;
        this.keys = keys;
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, server::refresh);
        control.onState(_ -> state.request());
        whileShown(() -> new FxTicker(TICK, FxThread.EXECUTOR, () -> {
            requests.refresh();
            keys.check();
        })::close);
        whileShown(() -> {
            server.refresh();
            keys.refresh();
            return keys::forget;
        });
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("server.start", "Start the server over HTTP", () -> server.switchTo(true))
                        .when(() -> !ServerViewModel.isOn(server.stateProperty().get())),
                Action.of("server.stop", "Stop the server over HTTP", () -> server.switchTo(false))
                        .when(() -> ServerViewModel.isOn(server.stateProperty().get())),
                Action.of("server.keys", "Read the API keys again", keys::refresh));
    }

    private static Parent load(ServerViewModel server, RequestsViewModel requests, KeysViewModel keys) {
        return new FxmlViews(Map.of(ServerController.class, () -> new ServerController(server),
                RequestsController.class, () -> new RequestsController(requests), KeysController.class,
                () -> new KeysController(keys))).load(FxmlView.SERVER);
    }
}
