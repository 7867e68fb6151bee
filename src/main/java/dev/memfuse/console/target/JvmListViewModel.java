package dev.memfuse.console.target;

import java.util.List;
import java.util.stream.Collectors;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.target.FoundTarget;
import dev.memfuse.target.Targets;

/// View model of the list of JVMs of this machine. FX thread only.
final class JvmListViewModel {
    private final Targets targets;
    private final TaskRunner tasks;
    private final ObservableList<FoundTarget> jvms = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private boolean asked;

    JvmListViewModel(Targets targets, TaskRunner tasks) {
        this.targets = targets;
        this.tasks = tasks;
    }

    /// Reads the list; attaches to no JVM.
    void list() {
        run("list JVMs", false);
    }

    /// Attaches to each JVM and reads its pools.
    void find() {
        run("look for pools", true);
    }

    private void run(String name, boolean pools) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        note.set(pools ? "Looking for pools…" : "");
        tasks.call(name, () -> pools
                ? targets.find()
                : targets.list().stream().map(jvm -> new FoundTarget(jvm, List.of(), "")).toList())
                .onSuccess(found -> {
                    asked = pools;
                    busy.set(false);
                    jvms.setAll(found);
                    note.set(pools ? summary(found) : "");
                }).onFailure(failure -> {
                    busy.set(false);
                    note.set(Sentences.of(failure));
                }).start();
    }

    private static String summary(List<FoundTarget> found) {
        long with = found.stream().filter(target -> !target.pools().isEmpty()).count();
        String problems = found.stream().map(FoundTarget::problem).filter(text -> !text.isEmpty())
                .map(text -> " " + text).collect(Collectors.joining());
        return (with == 0
                ? "None of them has a HikariCP pool with MBeans (registerMbeans=true)."
                : with + " of " + found.size() + " have pools.") + problems;
    }

    /// Returns the text of the column Pools.
    String pools(FoundTarget target) {
        if (!target.problem().isEmpty()) {
            return "not readable";
        }
        return target.pools().isEmpty() ? asked ? "none" : "not asked" : String.join(", ", target.pools());
    }

    ObservableList<FoundTarget> jvms() {
        return jvms;
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Returns the outcome of the last search, or why it failed.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
