package dev.memfuse.console.flags;

import java.util.Locale;
import java.util.function.BiConsumer;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigKey;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigValues;
import dev.memfuse.config.MemFuseConfig;

/// One key of the page: what is typed for it, what is in force, and what is wrong. Used on the FX thread.
final class FlagModel {
    private final ConfigKey key;
    private final BiConsumer<FlagModel, Object> change;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private String inForce = "";

    /// @param change applies a value of this key
    FlagModel(ConfigKey key, BiConsumer<FlagModel, Object> change) {
        this.key = key;
        this.change = change;
    }

    ConfigKey key() {
        return key;
    }

    /// The key in words.
    String title() {
        return FlagNames.of(key);
    }

    /// Range and unit in words: "1 to 1000 connections"; empty where there is no range.
    String range() {
        return switch (key.kind()) {
            case INTEGER, SECONDS, FRACTION -> key.expected().replaceFirst("^.* from ", "")
                    + (key.unit().isEmpty() ? "" : " " + key.unit());
            case BOOLEAN, CHOICE, TEXT -> "";
        };
    }

    /// Takes the value in force. What the user typed and could not be applied stays.
    void show(MemFuseConfig config) {
        Object value = ConfigValues.get(config, key.path());
        String now = value instanceof String plain ? plain : ConfigValues.print(value);
        if (problem.get().isEmpty() || !now.equals(inForce)) {
            problem.set("");
            text.set(now);
        }
        inForce = now;
    }

    /// Applies what is typed; when it is not a value of this key, says so and changes nothing.
    void submit() {
        String typed = text.get().strip();
        if (typed.equals(inForce)) {
            problem.set("");
            text.set(inForce);
            return;
        }
        try {
            Object value = ConfigValues.parse(key.path(), typed);
            problem.set("");
            change.accept(this, value);
        } catch (ConfigException e) {
            reject(e);
        }
    }

    /// Goes back to the value in force.
    void revert() {
        problem.set("");
        text.set(inForce);
    }

    /// Shows why a value was not taken.
    void reject(ConfigException refused) {
        problem.set(refused.problems().stream().filter(found -> found.path().equals(key.path()))
                .map(ConfigProblem::message).findFirst().map(FlagModel::sentence).orElseGet(refused::getMessage));
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    /// Shows the key when `words` occur in its name, path or description.
    void filter(String words) {
        String searched = (title() + " " + key.path() + " " + key.description() + " " + key.planExpectation())
                .toLowerCase(Locale.ROOT);
        shown.set(java.util.Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .allMatch(searched::contains));
    }

    StringProperty textProperty() {
        return text;
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Whether the search leaves the key on the page.
    BooleanProperty shownProperty() {
        return shown;
    }
}
