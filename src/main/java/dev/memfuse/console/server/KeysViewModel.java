package dev.memfuse.console.server;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerControl;
import org.jspecify.annotations.Nullable;

/// View model of the keys of one user, or of those for all users. FX thread only.
final class KeysViewModel {
    private final ServerControl control;
    private final EngineHost host;
    private final TaskRunner tasks;
    private final StringProperty user = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final ObservableList<ApiKey> keys = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper created = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private @Nullable ApiKey asked;

    /// @param text text of the created key; empty when none was created
    /// @param problem why the keys could not be read after a key was created; empty when they could
    private record Outcome(String text, List<ApiKey> keys, String problem) {}

    KeysViewModel(ServerControl control, EngineHost host, TaskRunner tasks) {
        this.control = control;
        this.host = host;
        this.tasks = tasks;
    }

    /// Reads the keys, and forgets the text of a created one.
    void refresh() {
        if (host.engine().isEmpty()) {
            keys.clear();
            return;
        }
        forget();
        run("list keys", (all, owner) -> "");
    }

    /// Creates a key, whose text is shown until it is forgotten.
    void create() {
        forget();
        Optional<String> given = Optional.of(name.get().strip()).filter(text -> !text.isEmpty());
        run("create key", (all, owner) -> all.create(owner, given, Optional.empty()).text());
    }

    /// Withdraws what has become untrue. Called again and again while it is visible.
    void check() {
        problem.check();
    }

    /// Forgets the text of a created key.
    void forget() {
        created.set("");
    }

    /// Asks before a key is revoked.
    void askRevoke(ApiKey key) {
        asked = key;
        question.set("Revoke the key " + key.name().orElse(key.id().toString()) + "? Clients that use it are refused "
                + "from then on.");
    }

    /// Keeps the key.
    void keep() {
        asked = null;
        question.set("");
    }

    /// Revokes the key after the question.
    void revoke() {
        ApiKey key = asked;
        keep();
        if (key == null) {
            return;
        }
        forget();
        run("revoke key", (all, owner) -> {
            if (!all.revoke(key.userId(), key.id())) {
                throw new NotFoundException("The key was revoked already.");
            }
            control.running().ifPresent(HttpServer::forgetKeys);
            return "";
        });
    }

    /// Changes keys in the background, then reads them.
    ///
    /// @param change returns the text of a created key, or an empty text
    private void run(String task, BiFunction<ApiKeys, Optional<UUID>, String> change) {
        Optional<MemoryEngine> engine = host.engine();
        if (busy.get()) {
            return;
        }
        if (engine.isEmpty()) {
            problem.set("The engine does not run. Keys are in its database.", () -> host.engine().isEmpty());
            return;
        }
        busy.set(true);
        problem.set("");
        String given = user.get().strip();
        tasks.call(task, () -> {
            Optional<UUID> owner = given.isEmpty() ? Optional.empty() : Optional.of(id(engine.get(), given));
            ApiKeys all = engine.get().apiKeys();
            return outcome(change.apply(all, owner), all, owner);
        }).onSuccess(outcome -> {
            busy.set(false);
            created.set(outcome.text());
            keys.setAll(outcome.keys());
            problem.set(outcome.problem());
            if (!outcome.text().isEmpty()) {
                name.set("");
            }
        }).onFailure(failure -> {
            busy.set(false);
            keys.clear();
            problem.set(Sentences.of(failure));
        }).start();
    }

    /// The text of a key is known only now: it is shown also when the keys cannot be read after it.
    private static Outcome outcome(String text, ApiKeys all, Optional<UUID> owner) {
        try {
            return new Outcome(text, all.list(owner), "");
        } catch (EngineException e) {
            if (text.isEmpty()) {
                throw e;
            }
            return new Outcome(text, List.of(), "The key is created, but the keys cannot be read: " + Sentences.of(e));
        }
    }

    private static UUID id(MemoryEngine engine, String name) {
        return engine.user(name).map(User::id)
                .orElseThrow(() -> new NotFoundException("There is no user named " + name + "."));
    }

    /// Returns the name of the user; empty for keys that open all users.
    StringProperty userProperty() {
        return user;
    }

    /// Returns the description of the next key.
    StringProperty nameProperty() {
        return name;
    }

    ObservableList<ApiKey> keys() {
        return keys;
    }

    /// Returns the text of the key that was just created; empty otherwise.
    ReadOnlyStringProperty createdProperty() {
        return created.getReadOnlyProperty();
    }

    /// Returns the question before a key is revoked; empty without one.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
