package dev.memfuse.console.flags;

import java.util.List;
import java.util.Objects;

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
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import org.jspecify.annotations.Nullable;

/// The profiles: their differences from the settings in force, applying one, saving one. Used on the FX thread.
final class ProfilesModel {

    /// The difference of a profile from the settings in force, or from another profile.
    ///
    /// @param title what the lines are
    /// @param changes keys that change when the profile is applied; all keys that differ from another profile
    /// @param atStart keys that are fixed at start and differ from those in force
    /// @param applicable whether applying the profile changes a setting
    record Difference(String title, List<ConfigChange> changes, List<ConfigChange> atStart, boolean applicable) {}

    /// A question before an action that loses something.
    ///
    /// @param text what would be lost
    /// @param answer text of the button that does it
    /// @param action does it
    record Question(String text, String answer, Runnable action) {}

    private final Tunables tunables;
    private final ConfigProfiles profiles;
    private final PageTools tools;
    private final ObservableList<Profile> list = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Profile> selected = new SimpleObjectProperty<>();
    private final ObservableList<@Nullable Profile> references = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Profile> against = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Difference> difference = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Question> question = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private boolean problemOfName;

    ProfilesModel(Tunables tunables, ConfigProfiles profiles, PageTools tools) {
        this.tunables = tunables;
        this.profiles = profiles;
        this.tools = tools;
        selected.subscribe(this::compare);
        against.subscribe(this::compare);
        references.add(null);
    }

    /// Reloads the list and keeps the selection.
    void reload() {
        tools.tasks().call("list profiles", profiles::list).onSuccess(loaded -> {
            Profile before = selected.get();
            Profile reference = against.get();
            list.setAll(loaded);
            references.setAll(loaded);
            references.addFirst(null);
            selected.set(named(loaded, before));
            against.set(named(loaded, reference));
        }).start();
    }

    private static @Nullable Profile named(List<Profile> loaded, @Nullable Profile before) {
        return before == null
                ? null
                : loaded.stream().filter(profile -> profile.name().equals(before.name())).findFirst().orElse(null);
    }

    /// Compares the selected profile with the settings in force, or with the other profile that is chosen.
    void compare() {
        Profile profile = selected.get();
        Profile other = against.get();
        problem.set("");
        difference.set(null);
        if (profile == null) {
            return;
        }
        tools.tasks().call("compare profile", () -> difference(profile, other)).onSuccess(result -> {
            if (profile.equals(selected.get()) && Objects.equals(other, against.get())) {
                difference.set(result);
            }
        }).onFailure(failure -> {
            if (profile.equals(selected.get()) && Objects.equals(other, against.get())) {
                showFailure(failure);
            }
        }).start();
    }

    private Difference difference(Profile profile, @Nullable Profile other) {
        MemFuseConfig target = profiles.load(profile.name());
        List<ConfigChange> all = ConfigDiff.between(tunables.get(), target);
        List<ConfigChange> hot = all.stream().filter(change -> ConfigSchema.require(change.path()).hot()).toList();
        if (other != null) {
            List<ConfigChange> between = ConfigDiff.between(profiles.load(other.name()), target);
            return new Difference(between.isEmpty()
                    ? "Equal to " + other.name() + "."
                    : count(between.size()) + " of " + profile.name() + " against " + other.name() + ":", between,
                    List.of(), !hot.isEmpty());
        }
        return new Difference(hot.isEmpty()
                ? "Already in force: no setting would change."
                : "Would change " + count(hot.size()) + ":", hot,
                all.stream().filter(change -> !ConfigSchema.require(change.path()).hot()).toList(), !hot.isEmpty());
    }

    private static String count(int settings) {
        return settings == 1 ? "1 setting" : settings + " settings";
    }

    /// Applies the selected profile, except the keys that are fixed at start.
    void apply() {
        Profile profile = selected.get();
        if (profile == null) {
            return;
        }
        tools.changes().call("apply profile", () -> {
            MemFuseConfig target = profiles.load(profile.name());
            return tunables.apply("profile " + profile.name(), current -> ConfigValues.keepingFixed(target, current));
        }).onSuccess(change -> {
            tools.inform().accept(change.isPresent()
                    ? "Profile " + profile.name() + " applied: " + change.get().keys().size() + " settings changed."
                    : "Profile " + profile.name() + " is already in force.");
            compare();
        }).onFailure(failure -> {
            // What was compared is not what the file holds now.
            difference.set(null);
            showFailure(failure);
        }).start();
    }

    /// Saves the settings in force under a name; asks before it replaces a profile.
    void save(String name) {
        String wanted = name.strip();
        if (list.stream().anyMatch(profile -> !profile.shipped() && profile.name().equals(wanted))) {
            question.set(new Question("There is a profile " + wanted + ".", "Replace it", () -> write(wanted)));
        } else {
            write(wanted);
        }
    }

    /// Gives the selected profile another name.
    void rename(String name) {
        Profile profile = selected.get();
        String wanted = name.strip();
        if (profile != null) {
            problem.set("");
            tools.tasks().call("rename profile", () -> {
                profiles.rename(profile.name(), wanted);
                return wanted;
            }).onSuccess(_ -> {
                tools.inform().accept("Profile " + profile.name() + " is now " + wanted + ".");
                selected.set(null);
                reload();
            }).onFailure(this::refuseName).start();
        }
    }

    /// Asks, and then deletes the selected profile.
    void delete() {
        Profile profile = selected.get();
        if (profile != null) {
            question.set(new Question("Profile " + profile.name() + " cannot be brought back.", "Delete it",
                    () -> delete(profile.name())));
        }
    }

    private void delete(String name) {
        problem.set("");
        tools.tasks().call("delete profile", () -> {
            profiles.delete(name);
            return name;
        }).onSuccess(_ -> {
            tools.inform().accept("Profile " + name + " deleted.");
            selected.set(null);
            reload();
        }).onFailure(this::showFailure).start();
    }

    /// Does what the page asks about.
    void confirm() {
        Question asked = question.get();
        question.set(null);
        if (asked != null) {
            asked.action().run();
        }
    }

    /// Leaves everything as it is.
    void cancel() {
        question.set(null);
    }

    private void write(String name) {
        problem.set("");
        tools.tasks().call("save profile", () -> profiles.save(name.strip(), tunables.get())).onSuccess(file -> {
            tools.inform().accept("Saved as profile " + name.strip() + " in " + file + ".");
            reload();
        }).onFailure(this::refuseName).start();
    }

    /// Called while a name is typed: a problem of the name before is one of the past.
    void typing() {
        if (problemOfName) {
            problem.set("");
            problemOfName = false;
        }
    }

    private void refuseName(Throwable failure) {
        showFailure(failure);
        problemOfName = true;
    }

    private void showFailure(Throwable failure) {
        problemOfName = false;
        problem.set(failure instanceof ConfigException e && !e.problems().isEmpty()
                ? String.join(" ", e.problems().stream().map(ConfigProblem::message).toList())
                : Sentences.of(failure));
    }

    /// All profiles, shipped ones first.
    ObservableList<Profile> list() {
        return list;
    }

    /// What a profile is compared with: null for the settings in force, then all profiles.
    ObservableList<@Nullable Profile> references() {
        return references;
    }

    /// The profile that the selected one is compared with; null for the settings in force.
    ObjectProperty<@Nullable Profile> againstProperty() {
        return against;
    }

    /// The selected profile; null when none is.
    ObjectProperty<@Nullable Profile> selectedProperty() {
        return selected;
    }

    /// The difference of the selected profile; null until it is computed.
    ReadOnlyObjectProperty<@Nullable Difference> differenceProperty() {
        return difference.getReadOnlyProperty();
    }

    /// The question that waits for an answer; null when there is none.
    ReadOnlyObjectProperty<@Nullable Question> questionProperty() {
        return question.getReadOnlyProperty();
    }

    /// The problem of the last action on a profile; empty when it succeeded.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
