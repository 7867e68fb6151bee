package dev.memfuse.console.flags;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageFrame;
import dev.memfuse.console.fx.PageInfo;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.LayerBuild;

/// The Flags page: all settings, profiles and changes since start.
public final class FlagsPage extends PageFrame {

    private static final Duration PROGRESS_PERIOD = Duration.ofMillis(500);

    private final FlagsController controller;

    /// Creates the page and its view; called on the FX thread.
    ///
    /// @param layerBuild returns the job of the engine that builds layers, once the engine is ready
    public FlagsPage(Settings settings, Supplier<Optional<LayerBuild>> layerBuild, PageTools tools) {
        this(new FlagsViewModel(settings.tunables(), settings.profiles(), tools, FxThread.EXECUTOR),
                new LayerBuildViewModel(layerBuild, tools.tasks()));
    }

    private FlagsPage(FlagsViewModel model, LayerBuildViewModel layers) {
        this(model, layers, new FlagsController(model, load(layers)));
    }

    private FlagsPage(FlagsViewModel model, LayerBuildViewModel layers, FlagsController controller) {
        super(new PageInfo("flags", "Flags", Icons.FLAGS), load(model, controller));
        this.controller = controller;
        whileShown(() -> new FxTicker(PROGRESS_PERIOD, FxThread.EXECUTOR, layers::refresh)::close);
        whileShown(() -> {
            model.profiles().reload();
            return Subscription.EMPTY;
        });
    }

    /// Shows one setting, wherever it is on the page, and moves the focus to its editor.
    ///
    /// @param path key of the setting; the page is in the window
    public void reveal(String path) {
        controller.reveal(path);
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.of("flags.search", "Search settings", controller::search).keys("Shortcut+F"));
    }

    private static Parent load(LayerBuildViewModel layers) {
        return new FxmlViews(Map.of(LayerBuildController.class, () -> new LayerBuildController(layers)))
                .load(FxmlView.FLAGS_LAYERS);
    }

    private static Parent load(FlagsViewModel model, FlagsController controller) {
        return new FxmlViews(Map.of(FlagsController.class, () -> controller,
                FlagsSideController.class, () -> new FlagsSideController(model))).load(FxmlView.FLAGS);
    }
}
