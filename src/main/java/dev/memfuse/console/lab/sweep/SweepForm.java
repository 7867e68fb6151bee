package dev.memfuse.console.lab.sweep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.Tunables;
import dev.memfuse.lab.sweep.SweepParameters;

/// Input of the form of a sweep. Begins with the size of the connection pool under a closed load. Each parameter keeps
/// the values that were typed for it. FX thread only.
final class SweepForm {
    /// The choice of no second parameter.
    static final String NONE = "None";
    private static final String FIRST = "postgres.pool_size";

    private final Map<String, String> typed = new HashMap<>();
    private final StringProperty parameter = new SimpleStringProperty(FIRST);
    private final StringProperty values = new SimpleStringProperty("1..32");
    private final StringProperty second = new SimpleStringProperty(NONE);
    private final StringProperty secondValues = new SimpleStringProperty("");
    private final BooleanProperty closed = new SimpleBooleanProperty(true);
    private final StringProperty level = new SimpleStringProperty("16");
    private final StringProperty seconds = new SimpleStringProperty("5");
    private final StringProperty rounds = new SimpleStringProperty("2");
    private final ReadOnlyObjectWrapper<SweepCheck> checked = new ReadOnlyObjectWrapper<>(SweepCheck.NONE);

    /// @param tunables settings in force, around which values are suggested
    SweepForm(Tunables tunables) {
        remember(parameter, values, tunables);
        remember(second, secondValues, tunables);
    }

    private void remember(StringProperty name, StringProperty text, Tunables tunables) {
        name.subscribe((before, now) -> {
            typed.put(before, text.get());
            text.set(now.equals(NONE)
                    ? ""
                    : typed.computeIfAbsent(now, key -> SweepParameters.suggestion(key, tunables.get())));
        });
    }

    /// Calls an action when an input changes.
    void onChange(Runnable action) {
        List.of(parameter, values, second, secondValues, level, seconds, rounds)
                .forEach(text -> text.subscribe((_, _) -> action.run()));
        closed.subscribe((_, _) -> action.run());
    }

    /// Returns the input now.
    SweepCheck.Draft draft() {
        return new SweepCheck.Draft(parameter.get(), values.get(), closed.get(), level.get(), seconds.get(),
                rounds.get(), second.get(), secondValues.get());
    }

    /// Shows what a check of the input found.
    void show(SweepCheck check) {
        checked.set(check);
    }

    /// Returns the parameter.
    StringProperty parameterProperty() {
        return parameter;
    }

    /// Returns the values as typed.
    StringProperty valuesProperty() {
        return values;
    }

    /// Returns the second parameter, or [#NONE].
    StringProperty secondProperty() {
        return second;
    }

    /// Returns the values of the second parameter as typed.
    StringProperty secondValuesProperty() {
        return secondValues;
    }

    /// Returns whether the load is closed.
    BooleanProperty closedProperty() {
        return closed;
    }

    /// Returns callers or calls per second, as typed.
    StringProperty levelProperty() {
        return level;
    }

    /// Returns the measured part of each load in seconds, as typed.
    StringProperty secondsProperty() {
        return seconds;
    }

    /// Returns the number of rounds as typed.
    StringProperty roundsProperty() {
        return rounds;
    }

    /// Returns the result of the last check of the input.
    ReadOnlyObjectProperty<SweepCheck> checkedProperty() {
        return checked.getReadOnlyProperty();
    }
}
