package dev.memfuse.console.memory.knowledge;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.User;
import org.jspecify.annotations.Nullable;

/// What was derived from the messages of one user: read while it is visible, with one selected and the messages that
/// it was made of. FX thread only.
///
/// @param <T> a fact or an episode
abstract class DerivedModel<T> {
    /// Names a user's messages.
    record Sources(UUID userId, Collection<UUID> messageIds) {}

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final Consumer<Message> showMessage;
    private final String plural;
    private final PageState noUser;
    private final ObjectProperty<@Nullable User> user = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable T> selected = new SimpleObjectProperty<>();
    private final ObservableList<Message> sources = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<PageState> state;
    private boolean visible;
    private boolean read;
    private int reading;

    /// @param engine returns the engine once it is ready
    /// @param showMessage shows a message in its conversation
    /// @param plural what is derived, for instance "facts"
    DerivedModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Consumer<Message> showMessage,
            String plural) {
        this.engine = engine;
        this.tasks = tasks;
        this.showMessage = showMessage;
        this.plural = plural;
        noUser = new PageState.Empty(Icons.MEMORY, "No user is chosen",
                "Choose a user to see the " + plural + " of its memory.");
        state = new ReadOnlyObjectWrapper<>(noUser);
        user.subscribe(this::outdated);
        selected.subscribe(this::showSources);
    }

    /// Returns what reads the items of a user; it runs on another thread.
    abstract Function<MemoryEngine, List<T>> query(User owner);

    /// Shows the items that were read.
    abstract void show(List<T> found);

    /// Returns the state for these items of a user, none of them included.
    abstract PageState stateOf(List<T> found);

    /// Returns the messages that an item was made of.
    abstract Sources sourcesOf(T item);

    /// Reads the items again, now or once they are visible.
    final void outdated() {
        read = false;
        visible(visible);
    }

    /// Says whether the items are visible: they are read only then.
    public final void visible(boolean now) {
        visible = now;
        if (visible && !read) {
            refresh();
        }
    }

    /// Reads the items.
    public final void refresh() {
        User owner = user.get();
        Optional<MemoryEngine> ready = engine.get();
        int mine = ++reading;
        if (owner == null || ready.isEmpty()) {
            selected.set(null);
            show(List.of());
            state.set(noUser);
            return;
        }
        read = true;
        state.set(new PageState.Loading("Reading the " + plural, -1));
        Function<MemoryEngine, List<T>> query = query(owner);
        tasks.call("list " + plural, () -> query.apply(ready.get())).onSuccess(found -> {
            if (mine == reading) {
                selected.set(null);
                show(found);
                state.set(stateOf(found));
            }
        }).onFailure(e -> {
            if (mine == reading) {
                read = false;
                state.set(new PageState.Failed(Sentences.of(e), "", "",
                        new PageState.Action("Read the " + plural + " again", this::refresh)));
            }
        }).start();
    }

    private void showSources() {
        sources.clear();
        T item = selected.get();
        Optional<MemoryEngine> ready = engine.get();
        if (item != null && ready.isPresent()) {
            Sources of = sourcesOf(item);
            tasks.call("read sources", () -> ready.get().read(of.userId(), of.messageIds())).onSuccess(found -> {
                if (item.equals(selected.get())) {
                    sources.setAll(found);
                }
            }).onFailure(e -> state.set(new PageState.Degraded("The source messages cannot be read: "
                    + Sentences.of(e)))).start();
        }
    }

    final void showInConversation(Message message) {
        showMessage.accept(message);
    }

    /// Returns the user whose items are shown.
    public final ObjectProperty<@Nullable User> userProperty() {
        return user;
    }

    final ObjectProperty<@Nullable T> selectedProperty() {
        return selected;
    }

    /// Returns the messages that the selected item was made of.
    final ObservableList<Message> sources() {
        return sources;
    }

    final ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }
}
