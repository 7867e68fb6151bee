package dev.memfuse.console.flags;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ValueRange;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.console.fx.Formats;
import org.jspecify.annotations.Nullable;

/// One key of the page: the input of the user, the value in force, and the problem of the input. Used on the FX thread.
final class FlagModel {
    private static final String BYTES = "bytes";
    private static final double MIN_SECONDS_WITH_DURATION = 120;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    private final ConfigKey key;
    private final BiConsumer<FlagModel, Object> change;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper unapplied = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper risk = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper otherDefault = new ReadOnlyStringWrapper("");
    /// The default as a user types it; null until it is known.
    private @Nullable String usual;
    private String inForce = "";
    /// The newest value that was asked for; the value in force while no change is under way.
    private String asked = "";
    private int underWay;

    /// @param change applies a new value of this key
    FlagModel(ConfigKey key, BiConsumer<FlagModel, Object> change) {
        this.key = key;
        this.change = change;
        text.subscribe(_ -> describe());
    }

    ConfigKey key() {
        return key;
    }

    /// Returns range and unit: "1 to 1000 connections"; empty where there is no range.
    String range() {
        ValueRange range = key.range();
        if (isBytes()) {
            return Formats.size((long) range.min()) + " to " + Formats.size((long) range.max());
        }
        return switch (range.type()) {
            case INTEGER, SECONDS, FRACTION -> range.expected().replaceFirst("^.* from ", "")
                    + (range.unit().isEmpty() ? "" : " " + range.unit());
            case BOOLEAN, CHOICE, TEXT, SERVER_SETTING -> "";
        };
    }

    private boolean isBytes() {
        return key.range().unit().equals(BYTES);
    }

    /// Returns the input in a larger unit: "256 MiB"; empty where the number itself is easy to read.
    private String converted() {
        String input = text.get().strip();
        if (!NUMBER.matcher(input).matches()) {
            return "";
        }
        double number = Double.parseDouble(input);
        if (isBytes()) {
            return Formats.size(Math.round(number));
        }
        boolean isLong = key.range().type() == ValueType.SECONDS && number >= MIN_SECONDS_WITH_DURATION;
        return isLong ? Formats.duration(Duration.ofMillis(Math.round(number * 1000))) : "";
    }

    private void describe() {
        String converted = converted();
        hint.set(converted.isEmpty() ? range() : "= " + converted + ", from " + range());
        unapplied.set(isTyped() ? "In force: " + inForce + ". Enter applies, Esc restores." : "");
        risk.set(sentence(key.risk(text.get())));
        String known = usual;
        otherDefault.set(known == null || known.equals(inForce) ? "" : known.isEmpty() ? "empty" : known);
    }

    /// Tells the default of the key.
    void defaultsTo(MemFuseConfig defaults) {
        usual = inForceOf(defaults);
        describe();
    }

    /// Returns whether the value in force differs from the default.
    boolean isChanged() {
        return !otherDefault.get().isEmpty();
    }

    /// Puts the default in force.
    void reset() {
        if (usual != null) {
            text.set(usual);
            submit();
        }
    }

    /// Returns whether the input is one of a person that was not applied.
    private boolean isTyped() {
        return underWay == 0 && !text.get().strip().equals(inForce);
    }

    /// Shows the value in force. Input of a person that was not applied stays.
    void show(MemFuseConfig config) {
        boolean typed = isTyped();
        inForce = inForceOf(config);
        if (underWay == 0) {
            asked = inForce;
            if (!typed) {
                problem.set("");
                text.set(inForce);
            }
        }
        describe();
    }

    /// Applies the input. Input that is not a value of this key sets the problem and changes nothing.
    void submit() {
        String input = text.get().strip();
        if (input.equals(asked)) {
            problem.set("");
            text.set(input);
            return;
        }
        try {
            Object value = ConfigValues.parse(key.path(), input);
            problem.set("");
            asked = input;
            underWay++;
            change.accept(this, value);
        } catch (ConfigException e) {
            reject(e);
        }
    }

    /// Shows that a change is in force. What was typed since stays.
    void applied(MemFuseConfig config) {
        underWay--;
        if (underWay == 0 && text.get().strip().equals(asked)) {
            inForce = text.get().strip();
        }
        show(config);
    }

    /// Shows that a change was refused. A field keeps the input; a switch or choice shows what is in force.
    void refused(ConfigException why, MemFuseConfig config) {
        underWay--;
        inForce = inForceOf(config);
        if (underWay == 0) {
            asked = inForce;
            if (isChosen()) {
                text.set(inForce);
            }
        }
        reject(why);
    }

    private boolean isChosen() {
        return key.range().type() == ValueType.BOOLEAN || key.range().type() == ValueType.CHOICE;
    }

    private String inForceOf(MemFuseConfig config) {
        Object value = ConfigValues.get(config, key.path());
        return value instanceof String plain ? plain : ConfigValues.print(value);
    }

    /// Replaces the input by the value in force, or by the one that was asked for last.
    void revert() {
        problem.set("");
        text.set(asked);
    }

    private void reject(ConfigException rejection) {
        problem.set(rejection.problems().stream().filter(found -> found.path().equals(key.path()))
                .map(ConfigProblem::message).findFirst().map(FlagModel::sentence).orElseGet(rejection::getMessage));
    }

    private static String sentence(String message) {
        if (message.isEmpty()) {
            return "";
        }
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    /// Shows the key when each of `words` occurs in its title, path, texts, choices or group, and it is in `group`.
    ///
    /// @param group the only group to show; null shows all
    /// @param onlyChanged whether to show it only when it differs from its default
    void filter(String words, @Nullable ConfigGroup group, boolean onlyChanged) {
        String searched = String.join(" ", key.title(), key.path(), key.description(), key.planExpectation(),
                String.join(" ", key.range().choices()), key.group().title()).toLowerCase(Locale.ROOT);
        shown.set((group == null || group == key.group()) && (!onlyChanged || isChanged())
                && Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .allMatch(searched::contains));
    }

    /// The input in a larger unit, and the range.
    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }

    /// What is in force instead of typed input that was not applied; empty when there is none.
    ReadOnlyStringProperty unappliedProperty() {
        return unapplied.getReadOnlyProperty();
    }

    /// The default as a user types it, or the word empty; empty while it is in force.
    ReadOnlyStringProperty otherDefaultProperty() {
        return otherDefault.getReadOnlyProperty();
    }

    /// The risk of the input; empty when it has none.
    ReadOnlyStringProperty riskProperty() {
        return risk.getReadOnlyProperty();
    }

    /// The input of the user, or the value in force.
    StringProperty textProperty() {
        return text;
    }

    /// The problem of the input; empty when it has none.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Whether the key matches the search.
    BooleanProperty shownProperty() {
        return shown;
    }
}
