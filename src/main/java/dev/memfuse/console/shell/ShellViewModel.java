package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.ChangeText;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.LiveSetting;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import org.jspecify.annotations.Nullable;

/// State and actions of the window frame on every page: start and failure of the engine, the running load, and the
/// buffer bypass. FX thread only.
public final class ShellViewModel {
    private static final String BYPASS = "buffer.bypass_mode";

    private final EngineHost host;
    private final Tunables tunables;
    private final LoadService loads;
    private final PageTools tools;
    private final ReadOnlyObjectWrapper<ErrorSurface.@Nullable Banner> banner = new ReadOnlyObjectWrapper<>();
    private ErrorSurface.@Nullable Banner engineBanner;
    private ErrorSurface.@Nullable Banner storageBanner;
    private final ReadOnlyBooleanWrapper retryable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<EngineState.@Nullable Starting> starting = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper readOnly = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper loadRunning = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<EngineState> engine;
    private final ReadOnlyObjectWrapper<OwnLoad> ownLoad = new ReadOnlyObjectWrapper<>(OwnLoad.NONE);
    /// The last load of the user, kept to see how it ends.
    private @Nullable LoadRun followed;
    private final ReadOnlyStringWrapper loadText = new ReadOnlyStringWrapper("");
    /// Draining the buffers may take seconds, so the change is made off the FX thread.
    private final LiveSetting<Boolean> bypassSetting;
    private final BooleanProperty bypass;

    public ShellViewModel(EngineHost host, Tunables tunables, LoadService loads, PageTools tools) {
        this.host = host;
        this.tunables = tunables;
        this.loads = loads;
        this.tools = tools;
        engine = new ReadOnlyObjectWrapper<>(host.state());
        bypassSetting = new LiveSetting<>("the buffer bypass", tunables, config -> config.buffer().bypassMode(),
                new LiveSetting.Change<>("header", (config, on) -> ConfigValues.with(config, BYPASS, on)), tools);
        bypass = BooleanProperty.booleanProperty(bypassSetting.valueProperty());
    }

    /// Applies a state of the engine.
    public void engineState(EngineState state) {
        boolean inUse = state instanceof EngineState.Failed failed && failed.usedBy().isPresent();
        // An overlay of its own says so.
        engineBanner = inUse ? null : ErrorPresenter.bannerOf(state);
        retryable.set(state instanceof EngineState.Failed);
        showBanner();
        starting.set(state instanceof EngineState.Starting now ? now : null);
        ready.set(state instanceof EngineState.Ready);
        readOnly.set(host.readOnly());
        engine.set(state);
    }

    /// Sets the banner about the storage of the running engine; null when the storage works.
    public void storageProblem(ErrorSurface.@Nullable Banner problem) {
        storageBanner = problem;
        showBanner();
    }

    private void showBanner() {
        banner.set(engineBanner == null ? storageBanner : engineBanner);
    }

    /// Reads the running load and its progress.
    public void tick() {
        Optional<LoadRun> run = loads.current();
        Optional<LoadRun> own = run.filter(ShellViewModel::own);
        followed = own.orElse(followed);
        loadRunning.set(own.isPresent());
        if (followed != null) {
            ownLoad.set(OwnLoad.of(followed, ownLoad.get()));
        }
        loadText.set(run.map(now -> now.experiment().map(ShellViewModel::sentence)
                .orElseGet(() -> describe(now.progress()))).orElse(""));
    }

    /// Returns whether a load is none of an experiment, whose page controls it.
    private static boolean own(LoadRun run) {
        return run.experiment().isEmpty();
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String describe(LoadRun.Status progress) {
        return switch (progress.phase()) {
            case PREPARING -> "Preparing";
            case WARMUP -> "Warm-up " + time(progress.elapsed(), progress.total());
            case MEASURING -> time(progress.elapsed(), progress.total());
            case DRAINING -> "Finishing";
            case STORING -> "Storing";
            case REMOVING -> "Removing data";
            case DONE, FAILED -> "";
        };
    }

    private static String time(Duration elapsed, Duration total) {
        return Formats.clock(elapsed) + " / " + Formats.clock(total);
    }

    /// Reads the configuration in force; called after each change.
    public void showConfig() {
        bypassSetting.show();
    }

    /// Undoes the newest change.
    public void undo() {
        tools.changes().call("undo", tunables::undo).onSuccess(change -> {
            showConfig();
            tools.inform().accept(ChangeText.undone(change));
        }).start();
    }

    /// Returns whether the database in use is open read-only.
    public ReadOnlyBooleanProperty readOnlyProperty() {
        return readOnly.getReadOnlyProperty();
    }

    /// Restarts the engine.
    public void retry() {
        host.retry();
    }

    /// Stops the running load; its measurements so far are kept.
    public void stopLoad() {
        loads.current().filter(ShellViewModel::own).ifPresent(LoadRun::stop);
    }

    /// Returns the banner about engine or storage; null when there is no problem.
    public ReadOnlyObjectProperty<ErrorSurface.@Nullable Banner> bannerProperty() {
        return banner.getReadOnlyProperty();
    }

    /// Returns whether a restart of the engine may solve the problem.
    public ReadOnlyBooleanProperty retryableProperty() {
        return retryable.getReadOnlyProperty();
    }

    /// Returns step and progress of the start; null when the engine is not starting.
    public ReadOnlyObjectProperty<EngineState.@Nullable Starting> startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// Returns whether the engine is ready.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Returns whether a load is running.
    public ReadOnlyBooleanProperty loadRunningProperty() {
        return loadRunning.getReadOnlyProperty();
    }

    /// Returns the load of the user: the running one, else the one that ended last.
    ReadOnlyObjectProperty<OwnLoad> ownLoadProperty() {
        return ownLoad.getReadOnlyProperty();
    }

    /// Returns the state of the engine.
    ReadOnlyObjectProperty<EngineState> engineProperty() {
        return engine.getReadOnlyProperty();
    }

    /// Returns the progress of the load; empty when none is running.
    public ReadOnlyStringProperty loadTextProperty() {
        return loadText.getReadOnlyProperty();
    }

    /// Returns the bypass switch; setting it changes the settings in force.
    public BooleanProperty bypassProperty() {
        return bypass;
    }
}
