package dev.memfuse.console.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.palette.PaletteItem;
import dev.memfuse.console.palette.PaletteSource;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import org.jspecify.annotations.Nullable;

/// Users and sessions in the command palette: users by a part of the name, and behind a blank their sessions by a part
/// of theirs: "alice trip". One question to the database at a time; a failure finds nothing. FX thread only.
public final class UserSearch implements PaletteSource {
    private static final int SHORTEST = 2;
    private static final int USERS = 20;
    private static final int USERS_WITH_SESSIONS = 5;
    private static final int SESSIONS = 10;

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final BiConsumer<User, @Nullable Session> reveal;
    private boolean asking;
    private @Nullable Runnable next;

    /// @param engine returns the engine once it is ready
    /// @param reveal shows a user, and the session unless it is null
    public UserSearch(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks,
            BiConsumer<User, @Nullable Session> reveal) {
        this.engine = engine;
        this.tasks = tasks;
        this.reveal = reveal;
    }

    /// What was found.
    private record Found(User user, @Nullable Session session) {}

    @Override
    public void read(Consumer<List<PaletteItem>> rows) {
        rows.accept(List.of());
    }

    @Override
    public void search(String query, Consumer<List<PaletteItem>> rows) {
        Optional<MemoryEngine> ready = engine.get();
        if (query.length() < SHORTEST || ready.isEmpty()) {
            rows.accept(List.of());
        } else if (asking) {
            next = () -> search(query, rows);
        } else {
            asking = true;
            tasks.call("search users", () -> find(ready.get().inspection(), query)).onSuccess(found -> {
                rows.accept(found.stream().map(this::row).toList());
                answered();
            }).onFailure(_ -> {
                rows.accept(List.of());
                answered();
            }).start();
        }
    }

    private void answered() {
        asking = false;
        Runnable waiting = next;
        next = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    private static List<Found> find(Inspection memory, String query) {
        String[] parts = query.split("\\s+", 2);
        String sessionPart = parts.length > 1 ? parts[1] : "";
        List<Found> found = new ArrayList<>();
        List<User> users = memory.users(parts[0], Optional.empty(), USERS);
        users.forEach(user -> found.add(new Found(user, null)));
        for (User user : users.subList(0, Math.min(USERS_WITH_SESSIONS, users.size()))) {
            memory.sessions(user.id(), sessionPart, Optional.empty(), SESSIONS)
                    .forEach(session -> found.add(new Found(user, session)));
        }
        return found;
    }

    private PaletteItem row(Found found) {
        Session session = found.session();
        Runnable open = () -> reveal.accept(found.user(), session);
        return session == null
                ? new PaletteItem("user." + found.user().id(), "User", found.user().name(), "", open)
                : new PaletteItem("session." + session.key().sessionId(), "Session", session.name(),
                        found.user().name(), open);
    }
}
