package dev.memfuse.console.memory.work;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.Inspection.BufferedUser;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the buffers: users with buffered messages, and the messages of one of them. FX thread only.
public final class BuffersModel {
    /// Maximum number of users and of messages that are shown.
    static final int LIMIT = 200;

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final ObservableList<BufferedUser> users = FXCollections.observableArrayList();
    private final ObservableList<Message> messages = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable BufferedUser> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Reading the buffers", -1));
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private boolean reading;
    private boolean storing;

    /// @param engine returns the engine once it is ready
    public BuffersModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    /// What was read at one moment.
    private record Reading(List<BufferedUser> users, List<Message> messages) {}

    /// Reads the buffers, unless they are being read; called once a second while they are visible.
    public void refresh() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isEmpty() || reading) {
            return;
        }
        BufferedUser chosen = selected.get();
        reading = true;
        tasks.call("read the buffers", () -> {
            Inspection inspection = ready.get().inspection();
            return new Reading(inspection.buffered(LIMIT), chosen == null
                    ? List.of()
                    : inspection.buffered(chosen.userId(), LIMIT));
        }).onSuccess(found -> {
            reading = false;
            show(found);
        }).onFailure(e -> {
            reading = false;
            state.set(new PageState.Failed(Sentences.of(e), "", "", null));
        }).start();
    }

    private void show(Reading found) {
        BufferedUser chosen = selected.get();
        if (!users.equals(found.users())) {
            users.setAll(found.users());
        }
        // The numbers of the selected user change; it stays selected.
        Optional<BufferedUser> again = found.users().stream()
                .filter(user -> chosen != null && user.userId().equals(chosen.userId())).findFirst();
        selected.set(again.orElse(null));
        List<Message> shown = again.isPresent() ? found.messages() : List.of();
        if (!messages.equals(shown)) {
            messages.setAll(shown);
        }
        int waiting = found.users().stream().mapToInt(BufferedUser::messages).sum();
        summary.set(found.users().size() == LIMIT
                ? "The " + LIMIT + " users with the most buffered messages: " + Numbers.count(waiting, "message") + "."
                : Numbers.count(waiting, "message") + " of " + Numbers.count(found.users().size(), "user") + ".");
        state.set(found.users().isEmpty()
                ? new PageState.Empty(Icons.OK, "The buffers are empty",
                        "Messages wait here between acknowledgement and database while buffer.bypass_mode is off.")
                : PageState.READY);
    }

    /// Stores all buffered messages now.
    void storeNow() {
        Optional<MemoryEngine> ready = engine.get();
        if (ready.isPresent() && !storing) {
            storing = true;
            problem.set("");
            tasks.call("store the buffers", () -> {
                ready.get().flush();
                return true;
            }).onSuccess(_ -> {
                storing = false;
                refresh();
            }).onFailure(e -> {
                storing = false;
                problem.set(Sentences.of(e));
            }).start();
        }
    }

    /// Returns the users, the one with the most messages first.
    ObservableList<BufferedUser> users() {
        return users;
    }

    /// Returns the messages of the selected user, oldest first.
    ObservableList<Message> messages() {
        return messages;
    }

    ObjectProperty<@Nullable BufferedUser> selectedProperty() {
        return selected;
    }

    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Returns why storing failed; empty when it did not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
