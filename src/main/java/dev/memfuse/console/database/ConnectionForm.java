package dev.memfuse.console.database;

import java.util.List;
import java.util.Optional;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.console.context.Settings;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import org.jspecify.annotations.Nullable;

/// Saves the typed database under a name, or changes a saved connection. FX thread only.
final class ConnectionForm {
    private final DatabaseViewModel typed;
    private final ConnectionsModel list;
    private final Settings settings;
    private final PageTools tools;
    private final StringProperty name = new SimpleStringProperty("");
    private final ObservableList<@Nullable String> profiles = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable SavedConnection> changed = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper question = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private @Nullable SavedConnection replacing;
    /// Why the profiles could not be read the last time.
    private String notRead = "";

    /// @param typed URL and profile of the form
    /// @param list shows what was saved
    ConnectionForm(DatabaseViewModel typed, ConnectionsModel list, Settings settings, PageTools tools) {
        this.typed = typed;
        this.list = list;
        this.settings = settings;
        this.tools = tools;
        profiles.add(null);
        name.subscribe(this::typing);
        typed.urlProperty().subscribe(this::typing);
        typed.profileProperty().subscribe(this::typing);
        typed.readOnlyProperty().subscribe(this::typing);
        list.rows().addListener((ListChangeListener<ConnectionRow>) _ -> forgetRemoved());
    }

    /// What is typed for a connection that somebody removed meanwhile stays, to be saved as a new one.
    private void forgetRemoved() {
        SavedConnection connection = changed.get();
        if (connection != null && !list.has(connection.name())) {
            changed.set(null);
        }
    }

    private void typing() {
        problem.set("");
        keep();
    }

    /// Reads the names of the profiles again.
    void reload() {
        tools.tasks().call("list profiles", settings.profiles()::list).onSuccess(found -> {
            problem.withdraw(notRead);
            offer(found);
        }).onFailure(failure -> {
            notRead = Sentences.of(failure);
            problem.set(notRead);
        }).start();
    }

    private void offer(List<Profile> found) {
        String chosen = typed.profileProperty().get();
        profiles.setAll(found.stream().map(Profile::name).toList());
        if (chosen != null && !profiles.contains(chosen)) {
            // The choice of a connection stays, also when its profile is not there any more.
            profiles.add(chosen);
        }
        profiles.addFirst(null);
        typed.profileProperty().set(chosen);
    }

    /// Shows the selected saved connection in the form, to change it.
    void change() {
        ConnectionRow row = list.selectedProperty().get();
        if (row == null || row.embedded()) {
            return;
        }
        SavedConnection connection = row.connection();
        fill(connection.name(), connection.url(), connection.profile().orElse(null));
        typed.readOnlyProperty().set(connection.readOnly());
        changed.set(connection);
    }

    private void fill(String newName, String url, @Nullable String profile) {
        if (profile != null && !profiles.contains(profile)) {
            profiles.add(profile);
        }
        name.set(newName);
        typed.urlProperty().set(url);
        typed.profileProperty().set(profile);
    }

    /// Leaves the saved connection as it is.
    void leave() {
        changed.set(null);
        fill("", "", null);
        typed.readOnlyProperty().set(false);
    }

    /// Saves what is typed; asks before it replaces another connection.
    void save() {
        if (saving.get()) {
            return;
        }
        SavedConnection wanted = typed.typed(name.get().strip());
        Optional<String> wrong = wanted.problem();
        SavedConnection before = changed.get();
        if (wrong.isPresent()) {
            problem.set(wrong.get());
        } else if (before != null) {
            write(wanted, Optional.of(before.name()));
        } else if (list.has(wanted.name())) {
            replacing = wanted;
            question.set("There is a connection " + wanted.name() + " already.");
        } else {
            write(wanted, Optional.empty());
        }
    }

    /// Replaces the connection after the question.
    void replace() {
        SavedConnection wanted = replacing;
        keep();
        if (wanted != null) {
            write(wanted, Optional.of(wanted.name()));
        }
    }

    /// Keeps the connection of the same name.
    void keep() {
        replacing = null;
        question.set("");
    }

    private void write(SavedConnection wanted, Optional<String> replaced) {
        problem.set("");
        saving.set(true);
        tools.tasks().call("save connection", () -> {
            replaced.ifPresentOrElse(before -> settings.connections().replace(before, wanted),
                    () -> settings.connections().add(wanted));
            return wanted;
        }).onSuccess(connection -> {
            saving.set(false);
            tools.inform().accept("Connection " + connection.name() + " saved.");
            leave();
            list.reload(Optional.of(connection.name()));
        }).onFailure(failure -> {
            saving.set(false);
            problem.set(Sentences.of(failure));
        }).start();
    }

    /// Returns the name under which the typed database is saved.
    StringProperty nameProperty() {
        return name;
    }

    /// Returns the names of the profiles; null stands for the settings in force.
    ObservableList<@Nullable String> profiles() {
        return profiles;
    }

    /// Returns the saved connection that the form changes; null while it makes a new one.
    ReadOnlyObjectProperty<@Nullable SavedConnection> changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /// Returns whether a connection is being saved; another one waits for its end.
    ReadOnlyBooleanProperty savingProperty() {
        return saving.getReadOnlyProperty();
    }

    /// Returns the question before a connection of the same name is replaced; empty without one.
    ReadOnlyStringProperty questionProperty() {
        return question.getReadOnlyProperty();
    }

    /// Returns why the connection cannot be saved; empty without a problem.
    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
