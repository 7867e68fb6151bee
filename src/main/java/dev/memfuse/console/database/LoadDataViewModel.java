package dev.memfuse.console.database;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadDataRemoval;
import dev.memfuse.load.LoadService;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;

/// View model of the data that loads left in the database in use. FX thread only.
final class LoadDataViewModel {
    private final Supplier<Optional<MemoryEngine>> engine;
    private final LoadService loads;
    private final TaskRunner tasks;
    private final Executor fx;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final ReadOnlyStringWrapper size = new ReadOnlyStringWrapper("");
    private final PassingProblem outcome = new PassingProblem();
    private final ReadOnlyBooleanWrapper removable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper removing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper share = new ReadOnlyDoubleWrapper();

    /// @param engine returns the engine once it is ready
    /// @param fx executor of the FX thread
    LoadDataViewModel(Supplier<Optional<MemoryEngine>> engine, LoadService loads, TaskRunner tasks, Executor fx) {
        this.engine = engine;
        this.loads = loads;
        this.tasks = tasks;
        this.fx = fx;
    }

    /// Reads the size.
    void refresh() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty()) {
            show(Optional.empty());
            return;
        }
        tasks.call("measure load data", () -> ready.get().loadData().size())
                .onSuccess(found -> show(Optional.of(found))).onFailure(e -> {
                    show(Optional.empty());
                    size.set("The size is not known: " + Sentences.of(e));
                }).start();
    }

    private void show(Optional<LoadData.Size> found) {
        removable.set(found.isPresent() && found.get().users() > 0);
        size.set(found.map(LoadDataViewModel::describe).orElse("Known when the engine is ready."));
    }

    private static String describe(LoadData.Size found) {
        return found.users() == 0
                ? "No users of loads."
                : Numbers.count(found.users(), "user") + " made by loads, with "
                        + Numbers.count(found.messages(), "message") + " (" + Formats.size(found.textBytes())
                        + " of text).";
    }

    /// Removes all users that loads made, unless a load runs, whose users are among them.
    void remove() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty() || removing.get()) {
            return;
        }
        if (loads.current().isPresent()) {
            outcome.set("A load is running. Its users are removed when it ends.", () -> loads.current().isPresent());
            return;
        }
        cancelled.set(false);
        removing.set(true);
        share.set(-1);
        outcome.set("");
        tasks.call("remove load data",
                () -> new LoadDataRemoval(ready.get()).removeAll(this::progress, cancelled::get))
                .onSuccess(removed -> end(removed.sentence())).onFailure(e -> end(sentence(e))).start();
    }

    private static String sentence(Throwable failure) {
        return failure instanceof EngineException && failure.getMessage() != null
                ? failure.getMessage()
                : "The removal failed: " + Sentences.of(failure);
    }

    private void progress(Progress now) {
        fx.execute(() -> share.set(now.share()));
    }

    private void end(String sentence) {
        removing.set(false);
        outcome.set(sentence);
        refresh();
    }

    /// Withdraws what has become untrue. Called again and again while it is visible.
    void check() {
        outcome.check();
    }

    /// Ends the removal after the user in progress; the rest can be removed later.
    void cancel() {
        cancelled.set(true);
    }

    /// Returns the size in one sentence.
    ReadOnlyStringProperty sizeProperty() {
        return size.getReadOnlyProperty();
    }

    /// Returns the outcome of the newest removal; empty before.
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.property();
    }

    /// Returns whether there is something to remove.
    ReadOnlyBooleanProperty removableProperty() {
        return removable.getReadOnlyProperty();
    }

    /// Returns whether a removal runs.
    ReadOnlyBooleanProperty removingProperty() {
        return removing.getReadOnlyProperty();
    }

    /// Returns the progress of the removal, 0..1; negative when it is not known.
    ReadOnlyDoubleProperty shareProperty() {
        return share.getReadOnlyProperty();
    }
}
