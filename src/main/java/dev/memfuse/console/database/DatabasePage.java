package dev.memfuse.console.database;

import java.util.Map;

import javafx.scene.Node;
import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.EngineHost;

/// The page that says where the data is, and tests and changes the place.
public final class DatabasePage implements Page {
    private final Parent view;

    public DatabasePage(EngineHost host, Tunables tunables, DatabaseProbe probe, TaskRunner tasks) {
        DatabaseViewModel model = new DatabaseViewModel(host, tunables, probe, tasks);
        view = new FxmlViews(Map.of(DatabaseController.class, () -> new DatabaseController(model)))
                .load(FxmlView.DATABASE);
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.engineState(host.state()));
        host.onState(_ -> state.request());
    }

    @Override
    public String id() {
        return "database";
    }

    @Override
    public String title() {
        return "Database";
    }

    @Override
    public String icon() {
        return Icons.DATABASE;
    }

    @Override
    public Node view() {
        return view;
    }
}
