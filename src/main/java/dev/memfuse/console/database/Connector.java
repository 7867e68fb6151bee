package dev.memfuse.console.database;

import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.DatabaseChoice;
import org.jspecify.annotations.Nullable;

/// Connects to a database and puts the settings of its profile in force. A profile that cannot be read, and a database
/// that cannot be used, leave database and settings as they are. FX thread only.
final class Connector {
    private final DatabaseChange change;
    private final Settings settings;
    private final TaskRunner tasks;

    Connector(DatabaseChange change, Settings settings, TaskRunner tasks) {
        this.change = change;
        this.settings = settings;
        this.tasks = tasks;
    }

    /// Returns the change of the database, with its question and its problem.
    DatabaseChange change() {
        return change;
    }

    /// Connects; while a load runs the change asks first.
    ///
    /// @param connection the database; its name is empty when it has none
    /// @param changed called when the database is in use
    void connect(SavedConnection connection, Runnable changed) {
        if (change.runningProperty().get()) {
            return;
        }
        Optional<String> profile = connection.profile();
        if (profile.isEmpty()) {
            change.to(new DatabaseChange.Goal(choice(connection), success(connection), () -> {}, () -> {}), changed);
            return;
        }
        change.prepare();
        tasks.call("read profile", () -> settings.profiles().load(profile.get()))
                .onSuccess(config -> change.to(goal(connection, config), changed))
                .onFailure(failure -> change.refuse("Nothing was changed: the settings of this connection, profile "
                        + profile.get() + ", cannot be read. " + Sentences.of(failure)))
                .start();
    }

    private DatabaseChange.Goal goal(SavedConnection connection, MemFuseConfig profile) {
        ProfileChange flags = new ProfileChange(settings.tunables(), "profile " + connection.profile().orElse(""),
                profile);
        return new DatabaseChange.Goal(choice(connection), success(connection), flags::apply, flags::takeBack);
    }

    private static DatabaseChoice choice(SavedConnection connection) {
        return new DatabaseChoice(connection.url(), connection.readOnly());
    }

    private static String success(SavedConnection connection) {
        String name = connection.name().isEmpty()
                ? connection.url().isEmpty() ? "The embedded server" : "The other database"
                : connection.name();
        return name + " is in use" + (connection.readOnly() ? ", read-only" : "")
                + connection.profile().map(profile -> ", with the settings of the profile " + profile)
                        .orElse("")
                + ".";
    }

    /// Puts a profile in force and takes it back. Called on the thread that starts the engine.
    private static final class ProfileChange {
        private final Tunables tunables;
        private final String cause;
        private final MemFuseConfig profile;
        private volatile Tunables.@Nullable Change applied;

        ProfileChange(Tunables tunables, String cause, MemFuseConfig profile) {
            this.tunables = tunables;
            this.cause = cause;
            this.profile = profile;
        }

        void apply() {
            applied = tunables.apply(cause, current -> ConfigValues.keepingDatabase(profile, current)).orElse(null);
        }

        void takeBack() {
            Tunables.Change change = applied;
            if (change != null) {
                Optional<Tunables.Change> _ = tunables.undo(change);
            }
        }
    }
}
