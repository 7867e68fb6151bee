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
import dev.memfuse.config.ValueLabels;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.Formats;
import org.jspecify.annotations.Nullable;

/// One key of the page: what is typed for it, what is in force, and what is wrong. Used on the FX thread.
final class FlagModel {
    private static final String BYTES = "bytes";
    private static final double READ_AS_CLOCK_FROM = 120;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    private final ConfigKey key;
    private final BiConsumer<FlagModel, Object> change;
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper risk = new ReadOnlyStringWrapper("");
    private String inForce = "";

    /// @param change applies a value of this key
    FlagModel(ConfigKey key, BiConsumer<FlagModel, Object> change) {
        this.key = key;
        this.change = change;
        text.subscribe(_ -> describe());
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
        if (key.unit().equals(BYTES)) {
            return Formats.size((long) key.min()) + " to " + Formats.size((long) key.max());
        }
        return switch (key.kind()) {
            case INTEGER, SECONDS, FRACTION -> key.expected().replaceFirst("^.* from ", "")
                    + (key.unit().isEmpty() ? "" : " " + key.unit());
            case BOOLEAN, CHOICE, TEXT -> "";
        };
    }

    /// What is typed in a unit that is easier to read: "256 MiB"; empty where the number itself reads well.
    private String reading() {
        boolean bytes = key.unit().equals(BYTES);
        if (!bytes && key.kind() != ConfigKey.Kind.SECONDS) {
            return "";
        }
        String typed = text.get().strip();
        if (!NUMBER.matcher(typed).matches()) {
            return "";
        }
        double number = Double.parseDouble(typed);
        if (bytes) {
            return Formats.size(Math.round(number));
        }
        return number < READ_AS_CLOCK_FROM ? "" : Formats.duration(Duration.ofMillis(Math.round(number * 1000)));
    }

    private void describe() {
        String reading = reading();
        hint.set(reading.isEmpty() ? range() : "= " + reading + ", from " + range());
        risk.set(sentence(ValueLabels.risk(key.path(), text.get())));
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
        if (message.isEmpty()) {
            return "";
        }
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    /// Shows the key when `words` occur in its name, path, description, choices or group, and the group is wanted.
    ///
    /// @param wanted the only group to show; null shows all
    void filter(String words, @Nullable FlagGroup wanted) {
        FlagGroup group = FlagGroup.of(key);
        String searched = String.join(" ", title(), key.path(), key.description(), key.planExpectation(),
                String.join(" ", key.choices()), group.title()).toLowerCase(Locale.ROOT);
        shown.set((wanted == null || wanted == group)
                && Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .allMatch(searched::contains));
    }

    /// What is typed in a better unit, and the range.
    ReadOnlyStringProperty hintProperty() {
        return hint.getReadOnlyProperty();
    }

    /// What is dangerous about what is chosen; empty when nothing is.
    ReadOnlyStringProperty riskProperty() {
        return risk.getReadOnlyProperty();
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
