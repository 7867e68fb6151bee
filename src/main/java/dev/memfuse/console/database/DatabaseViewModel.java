package dev.memfuse.console.database;

import java.util.List;
import java.util.Optional;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.EngineState;
import org.jspecify.annotations.Nullable;

/// View model of the Database page: the database in use, and the test of another one. FX thread only.
final class DatabaseViewModel {
    private static final String URL_KEY = "postgres.url";

    /// State of the database in use.
    enum Health {
        STARTING,
        READY,
        FAILED
    }

    private final Connector connector;
    private final Tunables tunables;
    private final DatabaseProbe probe;
    private final TaskRunner tasks;
    private final ReadOnlyObjectWrapper<Health> health = new ReadOnlyObjectWrapper<>(Health.STARTING);
    private final ReadOnlyStringWrapper inUse = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper advice = new ReadOnlyStringWrapper("");
    private final StringProperty url = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable String> profile = new SimpleObjectProperty<>();
    private final BooleanProperty readOnly = new SimpleBooleanProperty();
    /// Whether the configuration of the start keeps the embedded server from changes.
    private final boolean embeddedReadOnly;
    private final ReadOnlyStringWrapper urlProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper testing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper tested = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable DatabaseReport> report = new ReadOnlyObjectWrapper<>();

    DatabaseViewModel(Connector connector, Tunables tunables, DatabaseProbe probe, TaskRunner tasks) {
        this.connector = connector;
        this.tunables = tunables;
        this.probe = probe;
        this.tasks = tasks;
        url.set(tunables.get().postgres().url());
        readOnly.set(tunables.get().postgres().readOnly());
        embeddedReadOnly = readOnly.get() && url.get().isEmpty();
        url.subscribe(typed -> {
            urlProblem.set(problem(typed.strip()));
            change().typing();
        });
    }

    private String problem(String typed) {
        try {
            return ConfigValidator.problems(ConfigValues.with(tunables.get(), URL_KEY, typed)).stream()
                    .filter(found -> found.path().equals(URL_KEY)).map(ConfigProblem::message).findFirst().orElse("");
        } catch (ConfigException e) {
            return e.problems().getFirst().message();
        }
    }

    /// Applies a state of the engine.
    void engineState(EngineState state) {
        switch (state) {
            case EngineState.Starting(String step, _) -> show(Health.STARTING, step, "");
            case EngineState.Ready(String database) -> show(Health.READY, database, "");
            case EngineState.Failed(String problem, String next, _, _) -> show(Health.FAILED, problem, next);
            case EngineState.Stopping stopping -> show(Health.STARTING, stopping.description(), "");
            case EngineState.Stopped() -> show(Health.FAILED, "The engine is stopped.", "");
        }
    }

    private void show(Health now, String text, String next) {
        health.set(now);
        inUse.set(Sentences.shortened(text));
        advice.set(Sentences.shortened(next));
    }

    /// Tests the database at the typed URL; an empty URL tests the one in use.
    void test() {
        String target = url.get().strip();
        test(new DatabaseChoice(target, readOnly.get()), target.isEmpty() ? "Database in use" : target);
    }

    /// Tests the database of a connection.
    void test(SavedConnection connection) {
        test(new DatabaseChoice(connection.url(), connection.readOnly()), connection.name());
    }

    private void test(DatabaseChoice target, String name) {
        if (testing.get()) {
            return;
        }
        testing.set(true);
        report.set(null);
        tested.set(name);
        tasks.call("test connection", () -> probe.test(target)).onSuccess(this::finish)
                .onFailure(e -> finish(new DatabaseReport(false, false, "The test failed: " + Sentences.of(e),
                        List.of(), List.of())))
                .start();
    }

    /// Returns whether the typed URL can be tested now.
    boolean canTest() {
        return !testing.get() && !urlProperty().get().isBlank() && urlProblem.get().isEmpty();
    }

    private void finish(DatabaseReport result) {
        report.set(result);
        testing.set(false);
    }

    /// Switches the engine to the database at the typed URL, with the settings of the chosen profile.
    void connect() {
        connector.connect(typed(""), () -> {});
    }

    /// Switches the engine to the embedded server. The typed URL stays until that server is in use.
    void connectEmbedded() {
        connector.connect(new SavedConnection("", "", Optional.empty(), embeddedReadOnly), () -> url.set(""));
    }

    /// Returns the change to another database.
    DatabaseChange change() {
        return connector.change();
    }

    ReadOnlyObjectProperty<Health> healthProperty() {
        return health.getReadOnlyProperty();
    }

    /// Returns product, version and location; or the step of the start; or the problem.
    ReadOnlyStringProperty inUseProperty() {
        return inUse.getReadOnlyProperty();
    }

    /// Returns the advice for a problem; empty without one.
    ReadOnlyStringProperty adviceProperty() {
        return advice.getReadOnlyProperty();
    }

    StringProperty urlProperty() {
        return url;
    }

    /// Returns the profile whose settings are put in force on connecting; null keeps those in force.
    ObjectProperty<@Nullable String> profileProperty() {
        return profile;
    }

    /// Returns whether the typed database is opened for reading only.
    BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    /// Returns what is typed, as a connection with a name.
    SavedConnection typed(String name) {
        return new SavedConnection(name, url.get().strip(), Optional.ofNullable(profile.get()), readOnly.get());
    }

    /// Returns the problem of the typed URL; empty when it is valid.
    ReadOnlyStringProperty urlProblemProperty() {
        return urlProblem.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty testingProperty() {
        return testing.getReadOnlyProperty();
    }

    /// Returns the name of the tested database.
    ReadOnlyStringProperty testedProperty() {
        return tested.getReadOnlyProperty();
    }

    /// Returns the report of the newest test; null before and during a test.
    ReadOnlyObjectProperty<@Nullable DatabaseReport> reportProperty() {
        return report.getReadOnlyProperty();
    }
}
