package dev.memfuse.console.database;

import java.util.Map;

import javafx.scene.Parent;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.EngineControl;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineHost;

/// The Database page: shows the database in use, tests another one, and switches to it.
public final class DatabasePage extends PageFrame {

    public DatabasePage(EngineControl engine, Tunables tunables, TaskRunner tasks) {
        this(new DatabaseViewModel(engine.host(), tunables, engine.probe(), tasks), engine.host());
    }

    private DatabasePage(DatabaseViewModel model, EngineHost host) {
        super(new PageInfo("database", "Database", Icons.DATABASE), load(model));
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.engineState(host.state()));
        host.onState(_ -> state.request());
    }

    private static Parent load(DatabaseViewModel model) {
        return new FxmlViews(Map.of(DatabaseController.class, () -> new DatabaseController(model)))
                .load(FxmlView.DATABASE);
    }
}
