package dev.memfuse.console.shell;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineState;

/// A data folder that another process uses: who that is, and what can be done. FX thread only.
public final class FolderInUseViewModel {
    private final Actions actions;
    private final TaskRunner tasks;
    private final Executor fx;
    private final ReadOnlyBooleanWrapper inUse = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper free = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper holder = new ReadOnlyStringWrapper("");
    private long pid;

    /// What the window can do then.
    ///
    /// @param retry starts the engine again
    /// @param open opens the window on another data folder instead
    /// @param quit ends the program
    public record Actions(Runnable retry, Consumer<Path> open, Runnable quit) {}

    /// @param fx executor of the FX thread
    public FolderInUseViewModel(Actions actions, TaskRunner tasks, Executor fx) {
        this.actions = actions;
        this.tasks = tasks;
        this.fx = fx;
    }

    /// Applies a state of the engine.
    public void engineState(EngineState state) {
        OptionalLong user = state instanceof EngineState.Failed failed ? failed.usedBy() : OptionalLong.empty();
        if (user.isPresent() && !inUse.get()) {
            problem.set(state instanceof EngineState.Failed failed ? Sentences.shortened(failed.problem()) : "");
            holder.set("");
            pid = user.getAsLong();
            free.set(pid == 0);
            watch();
        }
        inUse.set(user.isPresent());
    }

    /// The folder is free when the process has ended; without its id only an attempt can tell.
    private void watch() {
        long watched = pid;
        if (watched == 0 || watched == ProcessHandle.current().pid()) {
            return;
        }
        tasks.call("find process", () -> ProcessHandle.of(watched)).onSuccess(found -> found.ifPresentOrElse(
                process -> process.onExit().thenRun(() -> fx.execute(() -> released(watched))),
                () -> released(watched))).start();
    }

    private void released(long process) {
        if (process == pid) {
            free.set(true);
            holder.set("The other program has ended.");
        }
    }

    /// Shows which process uses the folder.
    void show() {
        long shown = pid;
        tasks.call("describe process", () -> describe(shown)).onSuccess(holder::set).start();
    }

    private static String describe(long pid) {
        if (pid == 0) {
            return "The process cannot be found out: the lock file of the folder cannot be read.";
        }
        return ProcessHandle.of(pid).map(process -> ProcessText.of(process).sentence())
                .orElse("The process " + pid + " has ended.");
    }

    /// Starts the engine again.
    void again() {
        actions.retry().run();
    }

    /// Opens the window on another data folder.
    void open(Path folder) {
        actions.open().accept(folder);
    }

    /// Ends the program.
    void quit() {
        actions.quit().run();
    }

    /// Returns whether another process uses the folder.
    public ReadOnlyBooleanProperty inUseProperty() {
        return inUse.getReadOnlyProperty();
    }

    /// Returns whether another attempt can succeed.
    ReadOnlyBooleanProperty freeProperty() {
        return free.getReadOnlyProperty();
    }

    /// Returns what is wrong, as a sentence.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns who uses the folder; empty until it was asked for.
    ReadOnlyStringProperty holderProperty() {
        return holder.getReadOnlyProperty();
    }
}
