package dev.memfuse.console.memory.knowledge;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import org.jspecify.annotations.Nullable;

/// View model of the episodes of one user or session. FX thread only.
public final class EpisodesModel {
    /// Maximum number of episodes that are read.
    static final int LIMIT = 2_000;
    private static final PageState NO_USER = new PageState.Empty(Icons.MEMORY, "No user is chosen",
            "Choose a user to see the episodes of its memory.");

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final Consumer<Message> showMessage;
    private final ObjectProperty<@Nullable User> user = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Session> session = new SimpleObjectProperty<>();
    private final BooleanProperty sessionOnly = new SimpleBooleanProperty();
    private final ObservableList<Episode> episodes = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Episode> selected = new SimpleObjectProperty<>();
    private final ObservableList<Message> sources = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(NO_USER);
    private boolean visible;
    private boolean read;
    private int reading;

    /// @param engine returns the engine once it is ready
    /// @param showMessage shows a message in its conversation
    public EpisodesModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Consumer<Message> showMessage) {
        this.engine = engine;
        this.tasks = tasks;
        this.showMessage = showMessage;
        user.subscribe(this::outdated);
        session.subscribe(() -> {
            if (sessionOnly.get()) {
                outdated();
            }
        });
        sessionOnly.subscribe(this::outdated);
        selected.subscribe(this::showSources);
    }

    private void outdated() {
        read = false;
        visible(visible);
    }

    /// Says whether the episodes are visible: they are read only then.
    public void visible(boolean now) {
        visible = now;
        if (visible && !read) {
            refresh();
        }
    }

    /// Reads the episodes.
    public void refresh() {
        User owner = user.get();
        Optional<MemoryEngine> ready = engine.get();
        int mine = ++reading;
        if (owner == null || ready.isEmpty()) {
            episodes.clear();
            state.set(NO_USER);
            return;
        }
        Session one = session.get();
        Optional<UUID> only = sessionOnly.get() && one != null
                ? Optional.of(one.key().sessionId())
                : Optional.empty();
        read = true;
        state.set(new PageState.Loading("Reading the episodes", -1));
        tasks.call("list episodes", () -> ready.get().episodes(owner.id(), new EpisodeQuery(only, LIMIT)))
                .onSuccess(found -> {
                    if (mine == reading) {
                        show(found);
                    }
                }).onFailure(e -> {
                    if (mine == reading) {
                        read = false;
                        state.set(new PageState.Failed(Sentences.of(e), "", "",
                                new PageState.Action("Read the episodes again", this::refresh)));
                    }
                }).start();
    }

    private void show(List<Episode> found) {
        selected.set(null);
        episodes.setAll(found);
        state.set(found.isEmpty()
                ? new PageState.Empty(Icons.MEMORY, "No episodes",
                        "Episodes appear when the layer M1 is on and has processed the user's messages. "
                                + "It is switched on the Flags page.",
                        new PageState.Action("Look again", this::refresh))
                : found.size() == LIMIT
                        ? new PageState.Degraded("The newest " + LIMIT + " episodes are shown.")
                        : PageState.READY);
    }

    private void showSources() {
        sources.clear();
        Episode episode = selected.get();
        Optional<MemoryEngine> ready = engine.get();
        if (episode != null && ready.isPresent()) {
            tasks.call("read the messages of an episode",
                    () -> ready.get().read(episode.session().userId(), episode.messageIds())).onSuccess(found -> {
                        if (episode.equals(selected.get())) {
                            sources.setAll(found);
                        }
                    }).onFailure(e -> state.set(new PageState.Degraded("The messages cannot be read: "
                            + Sentences.of(e))))
                    .start();
        }
    }

    void showInConversation(Message message) {
        showMessage.accept(message);
    }

    /// Returns the user whose episodes are shown.
    public ObjectProperty<@Nullable User> userProperty() {
        return user;
    }

    /// Returns the chosen session.
    public ObjectProperty<@Nullable Session> sessionProperty() {
        return session;
    }

    /// Returns whether only those of the chosen session are shown.
    BooleanProperty sessionOnlyProperty() {
        return sessionOnly;
    }

    /// Returns the episodes, newest first.
    ObservableList<Episode> episodes() {
        return episodes;
    }

    ObjectProperty<@Nullable Episode> selectedProperty() {
        return selected;
    }

    /// Returns the messages of the selected episode.
    ObservableList<Message> sources() {
        return sources;
    }

    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }
}
