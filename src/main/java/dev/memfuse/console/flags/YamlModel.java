package dev.memfuse.console.flags;

import java.util.List;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

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
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskCoalescer;
import org.jspecify.annotations.Nullable;

/// The settings in force as YAML that a person edits: checked while it is typed, compared with the settings in force
/// and with the chosen profile, and applied. FX thread only.
final class YamlModel {
    private static final String NAME = "line";
    private static final List<String> COMMENT = List.of(
            "The settings in force. A key that is left out gets its default.");
    private static final String CAUSE = "Flags page, YAML";

    /// A problem of the text.
    ///
    /// @param text sentence with key and place
    /// @param line line, from 1; 0 when the text as a whole has it
    /// @param column column, from 1
    record Problem(String text, int line, int column) {}

    /// What the text means.
    ///
    /// @param problems what is wrong; the rest is empty then
    /// @param changes what Apply changes
    /// @param atStart differing keys that are fixed until a restart
    /// @param profile name of the chosen profile; empty for none
    /// @param fromProfile differences of the text from the chosen profile
    record Checked(List<Problem> problems, List<ConfigChange> changes, List<ConfigChange> atStart, String profile,
            List<ConfigChange> fromProfile) {
        static final Checked UNCHANGED = new Checked(List.of(), List.of(), List.of(), "", List.of());
    }

    private final Tunables tunables;
    private final ConfigProfiles profiles;
    private final ObservableValue<@Nullable Profile> chosen;
    private final PageTools tools;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Checked> checked = new ReadOnlyObjectWrapper<>(Checked.UNCHANGED);
    private final ReadOnlyBooleanWrapper edited = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper appliable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private MemFuseConfig base;
    private String baseText = "";
    private boolean shown;
    private final TaskCoalescer checking = new TaskCoalescer();

    /// @param chosen profile that the text is compared with; null for none
    YamlModel(Tunables tunables, ConfigProfiles profiles, ObservableValue<@Nullable Profile> chosen,
            PageTools tools) {
        this.tunables = tunables;
        this.profiles = profiles;
        this.chosen = chosen;
        this.tools = tools;
        base = tunables.get();
        text.subscribe((_, _) -> typed());
        chosen.subscribe((_, _) -> check());
    }

    /// Begins to show the text, as it was left, or the settings in force.
    void show() {
        shown = true;
        if (edited.get()) {
            changedElsewhere();
            check();
        } else {
            restore();
        }
    }

    /// Ends to show the text. What was typed stays.
    void hide() {
        shown = false;
    }

    /// Called after the settings in force changed. Text of a person stays; it says so.
    void changedElsewhere() {
        if (!shown) {
            return;
        }
        if (!edited.get()) {
            restore();
        } else if (!tunables.get().equals(base)) {
            note.set("Settings were changed elsewhere since you began. Apply changes only what you changed; Restore "
                    + "shows the settings of now.");
        }
    }

    /// Replaces the text by the settings in force.
    void restore() {
        base = tunables.get();
        baseText = ConfigYaml.write(base, COMMENT);
        note.set("");
        text.set(baseText);
        edited.set(false);
        check();
    }

    private void typed() {
        edited.set(!text.get().equals(baseText));
        check();
    }

    /// Checks the text; during a check, checks once more after it, so that the newest text counts.
    private void check() {
        if (!shown) {
            return;
        }
        appliable.set(false);
        if (!checking.begin()) {
            return;
        }
        String typed = text.get();
        MemFuseConfig from = base;
        Profile profile = chosen.getValue();
        tools.tasks().call("check YAML", () -> check(typed, from, profile)).onSuccess(this::checked)
                .onFailure(failure -> checked(new Checked(List.of(new Problem(Sentences.of(failure), 0, 0)), List.of(),
                        List.of(), "", List.of())))
                .start();
    }

    private void checked(Checked found) {
        if (checking.end()) {
            check();
            return;
        }
        checked.set(found);
        appliable.set(found.problems().isEmpty() && !found.changes().isEmpty());
    }

    private Checked check(String yaml, MemFuseConfig from, @Nullable Profile profile) {
        MemFuseConfig target;
        try {
            target = new ConfigLoader().load(NAME, yaml);
        } catch (ConfigException e) {
            return new Checked(e.problems().stream().limit(ConfigException.SHOWN).map(YamlModel::problem).toList(),
                    List.of(), List.of(), "", List.of());
        }
        List<ConfigChange> all = ConfigDiff.between(from, target);
        return new Checked(List.of(), all.stream().filter(YamlModel::isHot).toList(),
                all.stream().filter(change -> !isHot(change)).toList(), profile == null ? "" : profile.name(),
                profile == null ? List.of() : ConfigDiff.between(profiles.load(profile.name()), target));
    }

    private static boolean isHot(ConfigChange change) {
        return ConfigSchema.require(change.path()).hot();
    }

    private static Problem problem(ConfigProblem problem) {
        String sentence = (problem.path().isEmpty() ? "" : problem.path() + ": ") + problem.message();
        return problem.position()
                .map(place -> new Problem("Line " + place.line() + ", column " + place.column() + ": " + sentence,
                        place.line(), place.column()))
                .orElseGet(() -> new Problem(sentence, 0, 0));
    }

    /// Puts what the person changed in force. Keys that are fixed until a restart stay, and so do changes that others
    /// made meanwhile to other keys.
    void apply() {
        if (!appliable.get()) {
            return;
        }
        appliable.set(false);
        String typed = text.get();
        MemFuseConfig from = base;
        tools.changes().call("apply YAML", () -> {
            MemFuseConfig target = new ConfigLoader().load(NAME, typed);
            List<ConfigChange> changes = ConfigDiff.between(from, target).stream().filter(YamlModel::isHot).toList();
            return tunables.apply(CAUSE, current -> {
                MemFuseConfig result = current;
                for (ConfigChange change : changes) {
                    result = ConfigValues.with(result, change.path(), ConfigValues.get(target, change.path()));
                }
                return result;
            });
        }).onSuccess(change -> {
            tools.inform().accept(change.map(applied -> applied.keys().size() == 1
                    ? "1 setting changed."
                    : applied.keys().size() + " settings changed.").orElse("These settings are in force already."));
            restore();
        }).onFailure(failure -> checked.set(new Checked(failure instanceof ConfigException rejection
                ? rejection.problems().stream().map(YamlModel::problem).toList()
                : List.of(new Problem(Sentences.of(failure), 0, 0)), List.of(), List.of(), "", List.of()))).start();
    }

    /// Returns the text.
    StringProperty textProperty() {
        return text;
    }

    /// Returns what the newest checked text means.
    ReadOnlyObjectProperty<Checked> checkedProperty() {
        return checked.getReadOnlyProperty();
    }

    /// Returns whether the text differs from the settings that it began with.
    ReadOnlyBooleanProperty editedProperty() {
        return edited.getReadOnlyProperty();
    }

    /// Returns whether the text is valid and changes a setting that is not fixed.
    ReadOnlyBooleanProperty appliableProperty() {
        return appliable.getReadOnlyProperty();
    }

    /// Returns what a person should know about the text; empty for nothing.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
