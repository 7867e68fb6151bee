package dev.memfuse.console.flags;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javafx.scene.Parent;
import javafx.util.Subscription;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.console.context.Lab;
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
import dev.memfuse.lab.effect.FlagEffects;
import dev.memfuse.lab.effect.OneSetting;
import dev.memfuse.metrics.SteadyClock;

/// The Flags page: all settings, profiles and changes since start.
public final class FlagsPage extends PageFrame {
    /// Identity of the page.
    public static final PageInfo INFO = new PageInfo("flags", "Flags", Icons.FLAGS);

    private static final Duration PROGRESS_PERIOD = Duration.ofMillis(500);

    private final FlagsController controller;

    /// Where the page leads to.
    ///
    /// @param showMoment shows a moment on the charts
    /// @param showCompare shows the Compare page, which follows every comparison
    public record Targets(Consumer<Instant> showMoment, Runnable showCompare) {}

    /// The parts of the page without nodes.
    private record Models(FlagsViewModel flags, LayerBuildViewModel layers, EffectsModel effects, TryModel measured) {}

    /// Creates the page and its view; called on the FX thread.
    ///
    /// @param lab measures the effect of a setting, and has the recordings of earlier measurements
    /// @param layerBuild returns the job of the engine that builds layers, once the engine is ready
    public FlagsPage(Settings settings, Lab lab, Supplier<Optional<LayerBuild>> layerBuild, Targets targets,
            PageTools tools) {
        this(new Models(new FlagsViewModel(settings.tunables(), settings.profiles(), tools, FxThread.EXECUTOR),
                new LayerBuildViewModel(layerBuild, tools.tasks()),
                EffectsModel.of(lab.recordings(), () -> new FlagEffects(lab.recordings(), settings.profiles()),
                        tools.tasks(), FxThread.EXECUTOR, SteadyClock::now),
                new TryModel(lab, tools.tasks(), FxThread.EXECUTOR)), targets);
    }

    private FlagsPage(Models models, Targets targets) {
        this(models, targets, controller(models, targets));
    }

    private FlagsPage(Models models, Targets targets, FlagsController controller) {
        super(INFO, load(models.flags(), targets, controller));
        this.controller = controller;
        FlagsViewModel model = models.flags();
        whileShown(() -> new FxTicker(PROGRESS_PERIOD, FxThread.EXECUTOR, () -> {
            models.layers().refresh();
            models.measured().tick();
        })::close);
        whileShown(() -> {
            models.effects().visible(true);
            return () -> models.effects().visible(false);
        });
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
        Stream<Action> own = Stream.of(
                Action.of("flags.search", "Search settings", controller::search).keys("Shortcut+F"),
                Action.of("flags.yaml", "Show the settings as YAML or as a form", controller::toggleYaml)
                        .keys("Shortcut+Shift+Y"));
        return Stream.concat(own, ConfigSchema.keys().stream().filter(OneSetting::comparable).map(this::measuring))
                .toList();
    }

    private Action measuring(ConfigKey key) {
        return Action.of("flags.measure." + key.path(), "Measure the effect of " + key.title(),
                () -> controller.measure(key)).onlyFound();
    }

    private static FlagsController controller(Models models, Targets targets) {
        TryController offer = new TryController(models.measured(), targets.showCompare());
        Parent offerView = new FxmlViews(Map.of(TryController.class, () -> offer)).load(FxmlView.FLAGS_TRY);
        YamlController yaml = new YamlController(models.flags().yaml());
        Parent yamlView = new FxmlViews(Map.of(YamlController.class, () -> yaml)).load(FxmlView.FLAGS_YAML);
        return new FlagsController(models.flags(), models.effects(), models.measured(),
                new FlagsController.Parts(load(models.layers()), offerView, offer::first, yamlView, yaml::focus));
    }

    private static Parent load(LayerBuildViewModel layers) {
        return new FxmlViews(Map.of(LayerBuildController.class, () -> new LayerBuildController(layers)))
                .load(FxmlView.FLAGS_LAYERS);
    }

    private static Parent load(FlagsViewModel model, Targets targets, FlagsController controller) {
        return new FxmlViews(Map.of(FlagsController.class, () -> controller, FlagsSideController.class,
                () -> new FlagsSideController(model, targets.showMoment()))).load(FxmlView.FLAGS);
    }
}
