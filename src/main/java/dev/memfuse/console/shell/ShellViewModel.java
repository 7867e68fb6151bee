package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import org.jspecify.annotations.Nullable;

/// What the window's frame shows and does, whatever page is open: the engine's start and failure, the load that runs,
/// and the buffer bypass. Used on the FX thread.
public final class ShellViewModel {
    private static final String BYPASS = "buffer.bypass_mode";

    private final EngineHost host;
    private final Tunables tunables;
    private final LoadService loads;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<ErrorSurface.@Nullable Banner> banner = new ReadOnlyObjectWrapper<>();
    private ErrorSurface.@Nullable Banner engineBanner;
    private ErrorSurface.@Nullable Banner storageBanner;
    private final ReadOnlyBooleanWrapper retryable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<EngineState.@Nullable Starting> starting = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper loadRunning = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper loadText = new ReadOnlyStringWrapper("");
    private final BooleanProperty bypass = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper();
    private final Consumer<String> said;

    /// @param said shows one line for the user that needs no action
    public ShellViewModel(EngineHost host, Tunables tunables, LoadService loads, TaskRunner tasks,
            Consumer<String> said) {
        this.host = host;
        this.tunables = tunables;
        this.loads = loads;
        this.tasks = tasks;
        this.said = said;
        showConfig();
        bypass.subscribe(this::switchBypass);
    }

    /// Shows a state of the engine.
    public void engineState(EngineState state) {
        engineBanner = ErrorPresenter.bannerOf(state);
        retryable.set(state instanceof EngineState.Failed);
        showBanner();
        starting.set(state instanceof EngineState.Starting now ? now : null);
        ready.set(state instanceof EngineState.Ready);
    }

    /// Shows what is wrong with the storage of an engine that runs; null when nothing is.
    public void storageTrouble(ErrorSurface.@Nullable Banner wrong) {
        storageBanner = wrong;
        showBanner();
    }

    private void showBanner() {
        banner.set(engineBanner == null ? storageBanner : engineBanner);
    }

    /// Takes the load that runs, and how far it is.
    public void tick() {
        Optional<LoadRun> run = loads.current();
        loadRunning.set(run.isPresent());
        loadText.set(run.map(LoadRun::progress).map(ShellViewModel::describe).orElse(""));
    }

    private static String describe(LoadRun.Progress progress) {
        return switch (progress.phase()) {
            case PREPARING -> "Preparing";
            case WARMUP -> "Warm-up " + time(progress.elapsed(), progress.total());
            case MEASURING -> time(progress.elapsed(), progress.total());
            case DRAINING -> "Finishing";
            case DONE, FAILED -> "";
        };
    }

    private static String time(Duration elapsed, Duration total) {
        return Formats.clock(elapsed) + " / " + Formats.clock(total);
    }

    /// Shows the configuration in force; called after each change.
    public void showConfig() {
        MemFuseConfig config = tunables.get();
        bypass.set(config.buffer().bypassMode());
        undoable.set(!tunables.history().isEmpty());
    }

    /// Draining the buffers may take a while, so it happens off the FX thread; a refused change shows again what is.
    private void switchBypass(boolean on) {
        if (on == tunables.get().buffer().bypassMode()) {
            return;
        }
        tasks.call("switch bypass",
                () -> tunables.apply("header", config -> ConfigValues.with(config, BYPASS, on)))
                .onSuccess(_ -> showConfig()).onFailure(e -> {
                    showConfig();
                    said.accept("The buffer bypass stays as it was: " + e.getMessage());
                }).start();
    }

    /// Takes back the newest change.
    public void undo() {
        tasks.call("undo", tunables::undo).onSuccess(change -> {
            showConfig();
            said.accept(change.map(done -> "Undone: " + done.keys().stream().map(Object::toString).reduce(
                    (first, next) -> first + ", " + next).orElse(done.cause())).orElse("There is no change to undo."));
        }).start();
    }

    /// Starts the engine again.
    public void retry() {
        host.retry();
    }

    /// Ends the load that runs; what was measured until then is kept.
    public void stopLoad() {
        loads.current().ifPresent(LoadRun::stop);
    }

    /// The bar for an engine or a storage that needs the user; empty when they do not.
    public ReadOnlyObjectProperty<ErrorSurface.@Nullable Banner> bannerProperty() {
        return banner.getReadOnlyProperty();
    }

    /// Whether the banner is about something that a new start may repair.
    public ReadOnlyBooleanProperty retryableProperty() {
        return retryable.getReadOnlyProperty();
    }

    /// The start's step and progress; empty when the engine is not starting.
    public ReadOnlyObjectProperty<EngineState.@Nullable Starting> startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// Whether the engine takes calls.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Whether a load runs.
    public ReadOnlyBooleanProperty loadRunningProperty() {
        return loadRunning.getReadOnlyProperty();
    }

    /// How far the load is; empty when none runs.
    public ReadOnlyStringProperty loadTextProperty() {
        return loadText.getReadOnlyProperty();
    }

    /// Whether messages go past the buffers; setting it changes the settings in force.
    public BooleanProperty bypassProperty() {
        return bypass;
    }

    /// Whether there was any change.
    public ReadOnlyBooleanProperty undoableProperty() {
        return undoable.getReadOnlyProperty();
    }
}
