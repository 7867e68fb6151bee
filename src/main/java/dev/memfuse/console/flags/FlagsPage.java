package dev.memfuse.console.flags;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.console.context.Settings;
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

    /// Creates the page and its view; called on the FX thread.
    ///
    /// @param layerBuild returns the job of the engine that builds layers, once the engine is ready
    public FlagsPage(Settings settings, Supplier<Optional<LayerBuild>> layerBuild, PageTools tools) {
        this(new FlagsViewModel(settings.tunables(), settings.profiles(), tools, FxThread.EXECUTOR),
                new LayerBuildViewModel(layerBuild, tools.tasks()));
    }

    private FlagsPage(FlagsViewModel model, LayerBuildViewModel layers) {
        super(new PageInfo("flags", "Flags", Icons.FLAGS), load(model, layers));
        whileShown(() -> new FxTicker(PROGRESS_PERIOD, FxThread.EXECUTOR, layers::refresh)::close);
        whileShown(() -> {
            model.profiles().reload();
            return Subscription.EMPTY;
        });
    }

    private static Parent load(FlagsViewModel model, LayerBuildViewModel layers) {
        Parent job = new FxmlViews(Map.of(LayerBuildController.class, () -> new LayerBuildController(layers)))
                .load(FxmlView.FLAGS_LAYERS);
        return new FxmlViews(Map.of(FlagsController.class, () -> new FlagsController(model, job),
                FlagsSideController.class, () -> new FlagsSideController(model))).load(FxmlView.FLAGS);
    }
}
