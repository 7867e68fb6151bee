package dev.memfuse.console.flags;

import java.util.List;
import java.util.function.Consumer;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.TaskRunner;
import org.jspecify.annotations.Nullable;

/// Profiles: what each would change, applying one, saving the settings in force as one. Used on the FX thread.
final class ProfilesModel {

    /// What applying a profile would do.
    ///
    /// @param changes keys that would change now
    /// @param atStart keys that differ and change only with the next start
    record Difference(List<ConfigChange> changes, List<ConfigChange> atStart) {}

    private final Tunables tunables;
    private final ConfigProfiles profiles;
    private final TaskRunner tasks;
    private final Consumer<String> said;
    private final ObservableList<Profile> list = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Profile> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Difference> difference = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    /// @param said shows one line for the user
    ProfilesModel(Tunables tunables, ConfigProfiles profiles, TaskRunner tasks, Consumer<String> said) {
        this.tunables = tunables;
        this.profiles = profiles;
        this.tasks = tasks;
        this.said = said;
        selected.subscribe(this::compare);
    }

    /// Reads the list again, keeping the selection.
    void reload() {
        tasks.call("list profiles", profiles::list).onSuccess(found -> {
            Profile before = selected.get();
            list.setAll(found);
            selected.set(before == null
                    ? null
                    : found.stream().filter(profile -> profile.name().equals(before.name())).findFirst().orElse(null));
        }).start();
    }

    /// Compares the selected profile with the settings in force.
    void compare() {
        Profile profile = selected.get();
        problem.set("");
        if (profile == null) {
            difference.set(null);
            return;
        }
        tasks.call("compare profile", () -> difference(profiles.load(profile.name()))).onSuccess(found -> {
            if (profile.equals(selected.get())) {
                difference.set(found);
            }
        }).onFailure(this::refused).start();
    }

    private Difference difference(MemFuseConfig target) {
        List<ConfigChange> all = ConfigDiff.between(tunables.get(), target);
        return new Difference(all.stream().filter(change -> ConfigSchema.require(change.path()).hot()).toList(),
                all.stream().filter(change -> !ConfigSchema.require(change.path()).hot()).toList());
    }

    /// Applies the selected profile, except what is fixed at start.
    void apply() {
        Profile profile = selected.get();
        if (profile == null) {
            return;
        }
        tasks.call("apply profile", () -> {
            MemFuseConfig target = profiles.load(profile.name());
            return tunables.apply("profile " + profile.name(), now -> ConfigValues.keepingFixed(target, now));
        }).onSuccess(change -> {
            said.accept(change.isPresent()
                    ? "Profile " + profile.name() + " applied: " + change.get().keys().size() + " settings changed."
                    : "Profile " + profile.name() + " is in force already.");
            compare();
        }).onFailure(this::refused).start();
    }

    /// Saves the settings in force under a name.
    void save(String name) {
        problem.set("");
        tasks.call("save profile", () -> profiles.save(name.strip(), tunables.get())).onSuccess(file -> {
            said.accept("Saved as profile " + name.strip() + " in " + file + ".");
            reload();
        }).onFailure(this::refused).start();
    }

    private void refused(Throwable failure) {
        problem.set(failure instanceof ConfigException e && !e.problems().isEmpty()
                ? String.join(" ", e.problems().stream().map(ConfigProblem::message).toList())
                : String.valueOf(failure.getMessage()));
    }

    ObservableList<Profile> list() {
        return list;
    }

    ObjectProperty<@Nullable Profile> selectedProperty() {
        return selected;
    }

    /// What the selected profile would change; empty until it is known.
    ReadOnlyObjectProperty<@Nullable Difference> differenceProperty() {
        return difference.getReadOnlyProperty();
    }

    /// Why the last action on a profile was refused; else empty.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
