package dev.memfuse.console.memory;

import java.util.Optional;
import java.util.function.Supplier;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.EngineState;
import org.jspecify.annotations.Nullable;

/// View model of the users and sessions, with the state of the page. FX thread only.
final class UsersModel {
    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final PagedList<User> users;
    private final PagedList<Session> sessions;
    private final StringProperty userPart = new SimpleStringProperty("");
    private final StringProperty sessionPart = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable User> user = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Session> session = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Starting", -1));
    private EngineState engineState = new EngineState.Starting("Starting", -1);

    /// @param engine returns the engine once it is ready
    UsersModel(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
        users = new PagedList<>(tasks, "list users");
        sessions = new PagedList<>(tasks, "list sessions");
        user.subscribe(this::userChosen);
        users.loadingProperty().subscribe(this::showState);
        users.problemProperty().subscribe(this::showState);
    }

    /// Applies a state of the engine; reads the users when it became ready.
    void engineState(EngineState now) {
        boolean ready = now instanceof EngineState.Ready;
        boolean was = engineState instanceof EngineState.Ready;
        engineState = now;
        beginProblem = "";
        if (ready && !engineState.equals(shownFor)) {
            shownFor = now;
            refresh();
        } else if (!ready && was) {
            shownFor = null;
            user.set(null);
            users.clear();
        }
        showState();
    }

    private @Nullable EngineState shownFor;
    /// Why the first user could not be created; empty when it could.
    private String beginProblem = "";

    private void showState() {
        state.set(switch (engineState) {
            case EngineState.Starting(String step, double progress) -> new PageState.Loading(step, progress);
            case EngineState.Failed(String problem, String next, _, _) -> new PageState.Failed(problem, next, "", null);
            case EngineState.Stopping stopping -> new PageState.Loading(stopping.description(), -1);
            case EngineState.Stopped() -> new PageState.Empty(Icons.MEMORY, "The engine is stopped",
                    "Memory is shown while the engine runs.");
            case EngineState.Ready _ -> ready();
        });
    }

    private PageState ready() {
        if (!users.problemProperty().get().isEmpty() && users.items().isEmpty()) {
            return new PageState.Failed(users.problemProperty().get(), "Try again when the database is back.", "",
                    new PageState.Action("Read the users again", users::reload));
        }
        if (!beginProblem.isEmpty()) {
            return new PageState.Failed(beginProblem, "", "",
                    new PageState.Action("Read the users again", this::again));
        }
        if (users.items().isEmpty() && userPart.get().isEmpty()) {
            // Reading again changes nothing until there is a user.
            return users.loadingProperty().get() && !isEmpty()
                    ? new PageState.Loading("Reading the users", -1)
                    : empty();
        }
        return PageState.READY;
    }

    private PageState empty() {
        String title = "No users yet";
        return engine.get().filter(MemoryEngine::readOnly).isPresent()
                ? new PageState.Empty(Icons.MEMORY, title, ReadOnlyException.SENTENCE)
                : new PageState.Empty(Icons.MEMORY, title,
                        "Users appear here when an import, a client of the server or a load that keeps its data "
                                + "creates them. Or create one and write its first message.",
                        new PageState.Action("Create a user", this::begin));
    }

    private boolean isEmpty() {
        return state.get() instanceof PageState.Empty;
    }

    private void again() {
        beginProblem = "";
        refresh();
    }

    /// Creates the first user, who has an agent and a session for messages by hand, and chooses them.
    private void begin() {
        engine.get().ifPresent(ready -> tasks.call("create a user", () -> FirstUser.create(ready))
                .onSuccess(created -> {
                    refresh();
                    user.set(created.user());
                    session.set(created.session());
                }).onFailure(e -> {
                    beginProblem = Sentences.of(e);
                    showState();
                }).start());
    }

    /// Reads the users again while there are none; called once a second while the page is visible.
    void tick() {
        if (isEmpty() && engineState instanceof EngineState.Ready && !users.loadingProperty().get()) {
            refresh();
        }
    }

    /// Reads the first page of the users whose names have the typed part.
    void refresh() {
        String part = userPart.get().strip();
        engine.get().ifPresent(ready -> users.open((after, limit) -> ready.inspection().users(part,
                after.map(User::id), limit)));
    }

    /// Reads the first page of the chosen user's sessions whose names have the typed part.
    void refreshSessions() {
        User chosen = user.get();
        Optional<MemoryEngine> ready = engine.get();
        if (chosen == null || ready.isEmpty()) {
            sessions.clear();
            return;
        }
        String part = sessionPart.get().strip();
        sessions.open((after, limit) -> ready.get().inspection().sessions(chosen.id(), part,
                after.map(last -> last.key().sessionId()), limit));
    }

    private void userChosen() {
        session.set(null);
        sessions.clear();
        sessionPart.set("");
        refreshSessions();
    }

    /// Chooses a user and a session, wherever they are in the lists.
    ///
    /// @param wanted session to choose; null chooses the user alone
    void reveal(User found, @Nullable Session wanted) {
        userPart.set(found.name());
        refresh();
        user.set(found);
        session.set(wanted);
    }

    /// Removes a deleted user from the list.
    void deleted(User gone) {
        if (gone.equals(user.get())) {
            user.set(null);
        }
        users.items().remove(gone);
        showState();
    }

    PagedList<User> users() {
        return users;
    }

    PagedList<Session> sessions() {
        return sessions;
    }

    /// Returns the part of the names of users; [#refresh] applies it.
    StringProperty userPartProperty() {
        return userPart;
    }

    /// Returns the part of the names of sessions; [#refreshSessions] applies it.
    StringProperty sessionPartProperty() {
        return sessionPart;
    }

    /// Returns the chosen user.
    ObjectProperty<@Nullable User> userProperty() {
        return user;
    }

    /// Returns the chosen session of the chosen user.
    ObjectProperty<@Nullable Session> sessionProperty() {
        return session;
    }

    /// Returns the state of the page.
    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }
}
