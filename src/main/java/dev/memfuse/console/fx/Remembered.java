package dev.memfuse.console.fx;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.beans.property.StringProperty;

/// Values of the window that survive a restart, by name. The window writes them to a file after each change. FX thread
/// only.
///
/// A kept value may be of another version of the program: whoever reads one checks it.
public final class Remembered {
    private final Map<String, String> values;
    private Runnable changed = () -> {};

    /// Remembers nothing yet.
    public Remembered() {
        this(Map.of());
    }

    /// @param first values of an earlier start
    public Remembered(Map<String, String> first) {
        values = new TreeMap<>(first);
    }

    /// Calls `listener` after each change.
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /// Returns a kept value.
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Keeps a value.
    public void put(String name, String value) {
        if (!value.equals(values.put(name, value))) {
            changed.run();
        }
    }

    /// Forgets a value.
    public void remove(String name) {
        if (values.remove(name) != null) {
            changed.run();
        }
    }

    /// Sets a property to the kept value, and keeps its values from now on.
    public void keep(String name, StringProperty property) {
        get(name).ifPresent(property::set);
        property.addListener((_, _, now) -> put(name, now));
    }

    /// Sets a property to the kept value, and keeps those of its values from now on that may be written to a file.
    ///
    /// @param mayKeep false for a value that is not kept, and removes the one before
    public void keep(String name, StringProperty property, Predicate<String> mayKeep) {
        get(name).filter(mayKeep).ifPresent(property::set);
        property.addListener((_, _, now) -> {
            if (mayKeep.test(now)) {
                put(name, now);
            } else {
                remove(name);
            }
        });
    }

    /// Sets a property to the kept value, and keeps its values from now on.
    public void keep(String name, BooleanProperty property) {
        get(name).ifPresent(kept -> property.set(Boolean.parseBoolean(kept)));
        property.addListener((_, _, now) -> put(name, Boolean.toString(now)));
    }

    /// Sets a property to the kept constant, unless there is none of this name, and keeps its values from now on.
    public <E extends Enum<E>> void keep(String name, Class<E> type, Property<E> property) {
        for (E constant : type.getEnumConstants()) {
            if (get(name).filter(constant.name()::equals).isPresent()) {
                property.setValue(constant);
            }
        }
        property.addListener((_, _, now) -> put(name, now.name()));
    }

    /// Returns all values.
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
