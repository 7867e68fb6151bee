package dev.memfuse.console.lab.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.lab.trial.Arms;

/// Input of one arm: a profile, or the settings as they are, with settings of its own. FX thread only.
final class ArmForm {
    /// A comma before the next key or the end; a comma inside a value separates nothing.
    private static final Pattern BETWEEN_SETTINGS = Pattern.compile("\\s*,\\s*(?=[\\w.]+\\s*=|$)");

    private final StringProperty profile = new SimpleStringProperty(Arms.AS_IT_RUNS);
    private final StringProperty settings;
    /// What the program put there last.
    private String given;

    /// The input at one moment.
    ///
    /// @param profile name of a profile; empty for the settings as they are
    /// @param settings `KEY=VALUE`, in order
    record Input(Optional<String> profile, List<String> settings) {}

    /// @param first initial settings, `KEY=VALUE`
    ArmForm(String first) {
        settings = new SimpleStringProperty(first);
        given = first;
    }

    /// Returns the input now.
    Input input() {
        return new Input(Optional.of(profile.get()).filter(name -> !name.equals(Arms.AS_IT_RUNS)),
                Arrays.stream(BETWEEN_SETTINGS.split(settings.get())).map(String::strip).filter(part -> !part.isEmpty())
                        .toList());
    }

    /// Fills the form: the settings as they are, with settings of its own.
    ///
    /// @param own `KEY=VALUE`, in order
    void show(List<String> own) {
        profile.set(Arms.AS_IT_RUNS);
        settings.set(String.join(", ", own));
    }

    /// Returns whether nobody has changed what the program put there.
    boolean untouched() {
        return profile.get().equals(Arms.AS_IT_RUNS) && settings.get().equals(given);
    }

    /// Fills the form as [#show(List)] does; it stays untouched.
    void give(List<String> own) {
        show(own);
        given = settings.get();
    }

    /// Fills the form: a profile, without settings of its own.
    void showProfile(String name) {
        profile.set(name);
        settings.set("");
    }

    /// Returns the name of the profile, or [Arms#AS_IT_RUNS].
    StringProperty profileProperty() {
        return profile;
    }

    /// Returns the settings of this arm alone: `KEY=VALUE`, several separated by commas; may be empty.
    StringProperty settingsProperty() {
        return settings;
    }
}
