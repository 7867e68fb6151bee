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
    private final ReadOnlyStringWrapper risk = new ReadOnlyStringWrapper("");
    private String inForce = "";

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
            case BOOLEAN, CHOICE, TEXT -> "";
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
        risk.set(sentence(key.risk(text.get())));
    }

    /// Shows the value in force. Input with a problem stays until the value changes.
    void show(MemFuseConfig config) {
        Object value = ConfigValues.get(config, key.path());
        String current = value instanceof String plain ? plain : ConfigValues.print(value);
        if (problem.get().isEmpty() || !current.equals(inForce)) {
            problem.set("");
            text.set(current);
        }
        inForce = current;
    }

    /// Applies the input. Input that is not a value of this key sets the problem and changes nothing.
    void submit() {
        String input = text.get().strip();
        if (input.equals(inForce)) {
            problem.set("");
            text.set(inForce);
            return;
        }
        try {
            Object value = ConfigValues.parse(key.path(), input);
            problem.set("");
            change.accept(this, value);
        } catch (ConfigException e) {
            reject(e);
        }
    }

    /// Replaces the input by the value in force.
    void revert() {
        problem.set("");
        text.set(inForce);
    }

    /// Shows the problem for which a value was rejected.
    void reject(ConfigException rejection) {
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
    void filter(String words, @Nullable ConfigGroup group) {
        String searched = String.join(" ", key.title(), key.path(), key.description(), key.planExpectation(),
                String.join(" ", key.range().choices()), key.group().title()).toLowerCase(Locale.ROOT);
        shown.set((group == null || group == key.group())
                && Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .allMatch(searched::contains));
    }

    /// The input in a larger unit, and the range.
    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
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
