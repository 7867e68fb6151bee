package dev.memfuse.console.memory.knowledge;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import org.jspecify.annotations.Nullable;

/// View model of the episodes of one user or session. FX thread only.
public final class EpisodesModel extends DerivedModel<Episode> {
    /// Maximum number of episodes that are read.
    static final int LIMIT = 2_000;

    private final ObjectProperty<@Nullable Session> session = new SimpleObjectProperty<>();
    private final BooleanProperty sessionOnly = new SimpleBooleanProperty();
    private final ObservableList<Episode> episodes = FXCollections.observableArrayList();

    /// @param engine returns the engine once it is ready
    /// @param showMessage shows a message in its conversation
    public EpisodesModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, Consumer<Message> showMessage) {
        super(engine, tasks, showMessage, "episodes");
        session.subscribe(() -> {
            if (sessionOnly.get()) {
                outdated();
            }
        });
        sessionOnly.subscribe(this::outdated);
    }

    @Override
    Function<MemoryEngine, List<Episode>> query(User owner) {
        Session one = session.get();
        Optional<UUID> only = sessionOnly.get() && one != null
                ? Optional.of(one.key().sessionId())
                : Optional.empty();
        return engine -> engine.episodes(owner.id(), new EpisodeQuery(only, LIMIT));
    }

    @Override
    void show(List<Episode> found) {
        episodes.setAll(found);
    }

    @Override
    PageState stateOf(List<Episode> found) {
        return found.isEmpty()
                ? new PageState.Empty(Icons.MEMORY, "No episodes",
                        "Episodes appear when the layer M1 is on and has processed the user's messages. "
                                + "It is switched on the Flags page.",
                        new PageState.Action("Look again", this::refresh))
                : found.size() == LIMIT
                        ? new PageState.Degraded("The newest " + LIMIT + " episodes are shown.")
                        : PageState.READY;
    }

    @Override
    Sources sourcesOf(Episode episode) {
        return new Sources(episode.session().userId(), episode.messageIds());
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
}
