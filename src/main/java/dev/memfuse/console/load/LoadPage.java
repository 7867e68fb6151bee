package dev.memfuse.console.load;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import javafx.scene.Node;
import javafx.scene.Parent;

import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.load.LoadService;
import org.jspecify.annotations.Nullable;

/// The page that runs loads.
public final class LoadPage implements Page {
    private static final Duration RHYTHM = Duration.ofMillis(250);

    private final LoadViewModel model;
    private final Parent view;
    private @Nullable FxTicker ticker;

    /// @param said shows one line for the user
    public LoadPage(LoadService loads, EngineHost host, TaskRunner tasks, Consumer<String> said) {
        model = new LoadViewModel(loads, tasks, FxThread.EXECUTOR, said);
        view = new FxmlViews(Map.of(LoadController.class, () -> new LoadController(model), LoadFormController.class,
                () -> new LoadFormController(model), LoadResultController.class,
                () -> new LoadResultController(model))).load(FxmlView.LOAD);
        FxCoalescer state = new FxCoalescer(FxThread.EXECUTOR, () -> model.engineState(host.state()));
        host.onState(_ -> state.request());
    }

    /// Starts the load that the form describes; what is wrong with it is shown on the page.
    public void start() {
        model.start();
    }

    /// Whether the form is filled in rightly; when not, the page shows what is wrong.
    public boolean canStart() {
        return model.form().validProperty().get();
    }

    @Override
    public String id() {
        return "load";
    }

    @Override
    public String title() {
        return "Load";
    }

    @Override
    public String icon() {
        return Icons.LOAD;
    }

    @Override
    public Node view() {
        return view;
    }

    @Override
    public void onShown() {
        model.refresh();
        ticker = new FxTicker(RHYTHM, FxThread.EXECUTOR, model::tick);
    }

    @Override
    public void onHidden() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }
}
