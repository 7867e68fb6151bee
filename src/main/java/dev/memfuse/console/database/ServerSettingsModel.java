package dev.memfuse.console.database;

import java.util.List;
import java.util.Locale;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskCoalescer;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.ServerView;
import dev.memfuse.engine.host.ServerView.Setting;
import org.jspecify.annotations.Nullable;

/// View model of the settings of the database server in use: what is in force, and the change of one setting of the
/// embedded server. FX thread only.
final class ServerSettingsModel {
    private static final String CAUSE = "Database page";
    private static final String EXTERNAL = "The database in use is not the embedded server: set it there, in "
            + "postgresql.conf or by ALTER SYSTEM.";

    private final ServerView server;
    private final Tunables tunables;
    private final EngineHost host;
    private final DatabaseChange restart;
    private final PageTools tools;
    private final ObservableList<Setting> all = FXCollections.observableArrayList();
    private final FilteredList<Setting> shown = new FilteredList<>(all);
    private final StringProperty search = new SimpleStringProperty("");
    private final BooleanProperty onlyChosen = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Setting> selected = new SimpleObjectProperty<>();
    private final StringProperty value = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper description = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper effect = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper changeable = new ReadOnlyBooleanWrapper();
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    /// Why the settings could not be read the last time.
    private String notRead = "";
    private boolean ready;
    private final TaskCoalescer reading = new TaskCoalescer();
    private String asked = "";
    private String askedValue = "";

    /// @param restart ends a load and restarts the engine with its server
    ServerSettingsModel(ServerView server, Tunables tunables, EngineHost host, DatabaseChange restart,
            PageTools tools) {
        this.server = server;
        this.tunables = tunables;
        this.host = host;
        this.restart = restart;
        this.tools = tools;
        search.subscribe(this::filter);
        onlyChosen.subscribe(this::filter);
        selected.subscribe(this::show);
        value.subscribe(problem::check);
    }

    /// Withdraws what has become untrue. Called again and again while it is visible.
    void check() {
        restart.check();
    }

    /// Says whether a database is in use.
    void ready(boolean now) {
        ready = now;
        if (now) {
            refresh();
        } else {
            all.clear();
        }
    }

    /// Reads the settings; called every two seconds while the page is visible. During a reading, reads them once more
    /// after it.
    void refresh() {
        if (!ready) {
            return;
        }
        if (!reading.begin()) {
            return;
        }
        tools.tasks().call("read the server's settings", server::settings).onSuccess(found -> {
            problem.withdraw(notRead);
            show(found);
            readAgain();
        }).onFailure(e -> {
            notRead = Sentences.of(e);
            problem.set(notRead);
            readAgain();
        }).start();
    }

    private void readAgain() {
        if (reading.end()) {
            refresh();
        }
    }

    private void show(List<Setting> found) {
        if (ready && !all.equals(found)) {
            Setting before = selected.get();
            all.setAll(found);
            // The table forgets the row with its old value.
            selected.set(before == null
                    ? null
                    : found.stream().filter(row -> row.name().equals(before.name())).findFirst().orElse(null));
            filter();
        }
    }

    private void filter() {
        String words = search.get().strip().toLowerCase(Locale.ROOT);
        MemFuseConfig config = tunables.get();
        boolean chosen = onlyChosen.get();
        shown.setPredicate(row -> (!chosen || config.postgres().server().containsKey(row.name()))
                && (row.name() + " " + row.group() + " " + row.description()).toLowerCase(Locale.ROOT)
                        .contains(words));
    }

    private void show(@Nullable Setting row) {
        problem.set("");
        keep();
        value.set(row == null ? "" : row.value());
        description.set(row == null ? "" : describe(row));
        effect.set(row == null ? "" : effect(row));
        changeable.set(row != null && host.embedded() && key(row.name()) != null);
    }

    private static String describe(Setting row) {
        String range = row.range().isEmpty() ? "" : " Values: " + row.range() + ".";
        return row.description() + range + (row.pending() ? " A new value waits for a restart of the server." : "");
    }

    private static @Nullable ConfigKey key(String name) {
        return ConfigSchema.find(ServerKeys.path(name)).orElse(null);
    }

    /// Returns what a change needs and does, before it is made.
    private String effect(Setting row) {
        if (!host.embedded()) {
            return EXTERNAL;
        }
        ConfigKey key = key(row.name());
        if (key == null) {
            return row.name() + " " + ConfigSchema.unknown(ServerKeys.path(row.name())) + ".";
        }
        return key.hot()
                ? "A reload: takes effect at once, for every connection."
                : "A restart of the server: the engine stores what is buffered, stops, and starts again, which takes a "
                        + "few seconds. A running load ends.";
    }

    /// Puts the typed value in force, or asks before a restart.
    void apply() {
        change(value.get().strip());
    }

    /// Returns the selected setting to the default of the program.
    void reset() {
        change("");
    }

    private void change(String text) {
        Setting row = selected.get();
        if (row == null || !changeable.get() || restart.runningProperty().get()) {
            return;
        }
        problem.set("");
        outcome.set("");
        String typed = value.get();
        String path = ServerKeys.path(row.name());
        String parsed;
        try {
            parsed = (String) ConfigValues.parse(path, text);
        } catch (ConfigException e) {
            problem.set(sentence(e), () -> value.get().equals(typed));
            return;
        }
        if (ConfigSchema.require(path).hot()) {
            reload(path, parsed);
        } else if (ConfigValues.get(tunables.get(), path).equals(parsed)) {
            problem.set(row.name() + " has this value already.", () -> value.get().equals(typed));
        } else {
            asked = path;
            askedValue = parsed;
            question.set("Restart the server with " + row.name() + " = " + ConfigSchema.require(path).label(parsed)
                    + "? A running load ends. The server returns to the value before if it does not start.");
        }
    }

    private void reload(String path, String parsed) {
        tools.changes().call("change " + path,
                () -> tunables.apply(CAUSE, config -> ConfigValues.with(config, path, parsed))).onSuccess(change -> {
                    outcome.set(change.map(applied -> applied.keys().getFirst() + ", in force now.")
                            .orElse("This value is in force already."));
                    refresh();
                }).onFailure(e -> problem.set(e instanceof ConfigException refused
                        ? sentence(refused)
                        : Sentences.of(e)))
                .start();
    }

    private static String sentence(ConfigException refused) {
        ConfigProblem first = refused.problems().getFirst();
        String text = first.path() + ": " + first.message();
        return text.endsWith(".") ? text : text + ".";
    }

    /// Restarts the server with what was asked about.
    void confirm() {
        if (question.get().isEmpty()) {
            return;
        }
        keep();
        String path = asked;
        String wanted = askedValue;
        Object before = ConfigValues.get(tunables.get(), path);
        restart.restart(() -> with(path, wanted), () -> with(path, before),
                path + " is in force: the server was restarted.");
    }

    private void with(String path, Object wanted) {
        var _ = tunables.applyWhileStopped(CAUSE, config -> ConfigValues.with(config, path, wanted));
    }

    /// Leaves the setting as it is.
    void keep() {
        question.set("");
    }

    /// The settings that match search and filter.
    ObservableList<Setting> settings() {
        return shown;
    }

    StringProperty searchProperty() {
        return search;
    }

    /// Whether only settings that the configuration contains are shown.
    BooleanProperty onlyChosenProperty() {
        return onlyChosen;
    }

    /// The setting whose value is changed; null for none.
    ObjectProperty<@Nullable Setting> selectedProperty() {
        return selected;
    }

    /// The typed value.
    StringProperty valueProperty() {
        return value;
    }

    ReadOnlyStringProperty descriptionProperty() {
        return description.getReadOnlyProperty();
    }

    /// What a change of the selected setting needs, or why it cannot be changed.
    ReadOnlyStringProperty effectProperty() {
        return effect.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty changeableProperty() {
        return changeable.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }

    /// Returns the question before a restart; empty when there is none.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Returns the restart of the server.
    DatabaseChange restart() {
        return restart;
    }
}
