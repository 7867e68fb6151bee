package dev.memfuse.console.memory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;
import dev.memfuse.transfer.UserExport;
import org.jspecify.annotations.Nullable;

/// View model of the actions on one user: the deletion, which a person confirms by typing the name, and the export,
/// which shows its progress and can be cancelled. FX thread only.
final class UserActionsModel {
    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final Executor fx;
    private final Consumer<User> deleted;
    private final ReadOnlyObjectWrapper<@Nullable User> doomed = new ReadOnlyObjectWrapper<>();
    private final StringProperty typedName = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper deleting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper exporting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanBinding confirmed;
    private AtomicBoolean cancelled = new AtomicBoolean();

    /// @param fx executor of the FX thread
    /// @param deleted called with a user that was deleted
    UserActionsModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Executor fx, Consumer<User> deleted) {
        this.engine = engine;
        this.tasks = tasks;
        this.fx = fx;
        this.deleted = deleted;
        confirmed = Bindings.createBooleanBinding(() -> {
            User user = doomed.get();
            return user != null && user.name().equals(typedName.get().strip()) && !deleting.get();
        }, doomed, typedName, deleting);
    }

    /// Asks for the name of a user before it is deleted.
    void askDelete(@Nullable User user) {
        if (user != null && !deleting.get()) {
            typedName.set("");
            problem.set("");
            outcome.set("");
            doomed.set(user);
        }
    }

    /// Leaves the user as it is.
    void keep() {
        if (!deleting.get()) {
            doomed.set(null);
        }
    }

    /// Deletes the user whose name was typed.
    void delete() {
        User user = doomed.get();
        Optional<MemoryEngine> ready = engine.get();
        if (user == null || ready.isEmpty() || !confirmed.get()) {
            return;
        }
        deleting.set(true);
        tasks.call("delete a user", () -> ready.get().deleteUser(user.id())).onSuccess(result -> {
            deleting.set(false);
            doomed.set(null);
            outcome.set(sentence(user, result));
            deleted.accept(user);
        }).onFailure(e -> {
            deleting.set(false);
            doomed.set(null);
            problem.set("The user was not deleted: " + Sentences.of(e));
        }).start();
    }

    private static String sentence(User user, DeleteResult result) {
        return "Deleted " + user.name() + " with " + Numbers.count(result.messages() + result.buffered(), "message")
                + ", " + Numbers.count(result.episodes(), "episode") + " and "
                + Numbers.count(result.facts(), "fact") + ".";
    }

    /// Exports a user to a file; a cancelled or failed export leaves no file.
    void export(User user, Path file) {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty() || exporting.get()) {
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        cancelled = stop;
        exporting.set(true);
        problem.set("");
        outcome.set("Exporting " + user.name() + ".");
        Shown shown = new Shown(user);
        tasks.call("export a user", () -> new UserExport(ready.get()).write(user.id(), file, progress -> {
            if (stop.get()) {
                throw new CancellationException();
            }
            shown.accept(progress);
        })).onSuccess(counts -> {
            exporting.set(false);
            outcome.set("Exported " + user.name() + ", " + Numbers.count(total(counts), "record") + ", to " + file
                    + ".");
        }).onFailure(e -> {
            exporting.set(false);
            outcome.set(stop.get() ? "The export was cancelled; no file was written." : "");
            problem.set(stop.get() ? "" : "The user was not exported: " + Sentences.of(e));
        }).start();
    }

    /// Shows the newest progress, however many records a second there are.
    private final class Shown implements Consumer<Progress> {
        private final FxCoalescer show;
        private volatile long records;

        Shown(User user) {
            show = new FxCoalescer(fx, () -> {
                if (exporting.get()) {
                    outcome.set("Exporting " + user.name() + ": " + Numbers.count(records, "record") + ".");
                }
            });
        }

        @Override
        public void accept(Progress progress) {
            records = progress.done();
            show.request();
        }
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Ends the export.
    void cancelExport() {
        cancelled.set(true);
    }

    /// Returns the user whose deletion waits for its name; null when there is none.
    ReadOnlyObjectProperty<@Nullable User> doomedProperty() {
        return doomed.getReadOnlyProperty();
    }

    StringProperty typedNameProperty() {
        return typedName;
    }

    /// Returns whether the typed name is that of the user.
    BooleanBinding confirmedProperty() {
        return confirmed;
    }

    ReadOnlyBooleanProperty deletingProperty() {
        return deleting.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty exportingProperty() {
        return exporting.getReadOnlyProperty();
    }

    /// Returns progress or outcome; empty before.
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
