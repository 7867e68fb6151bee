package dev.memfuse.console.live;

import java.util.EnumMap;
import java.util.Map;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Formats;

/// Figures as text, one per constant of an enum, each with an alarm. FX thread only.
///
/// @param <K> the enum that names the figures
final class LiveFigures<K extends Enum<K>> {
    private final Map<K, ReadOnlyStringWrapper> texts;
    private final Map<K, ReadOnlyBooleanWrapper> alarms;

    LiveFigures(Class<K> keys) {
        texts = new EnumMap<>(keys);
        alarms = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            texts.put(key, new ReadOnlyStringWrapper(this, key.name(), Formats.NONE));
            alarms.put(key, new ReadOnlyBooleanWrapper(this, key.name(), false));
        }
    }

    /// Returns the text of a figure.
    ReadOnlyStringProperty text(K key) {
        return of(texts, key).getReadOnlyProperty();
    }

    /// Returns whether a figure needs attention.
    ReadOnlyBooleanProperty alarm(K key) {
        return of(alarms, key).getReadOnlyProperty();
    }

    void set(K key, String text, boolean alarm) {
        of(texts, key).set(text);
        of(alarms, key).set(alarm);
    }

    private static <K, T> T of(Map<K, T> map, K key) {
        T found = map.get(key);
        if (found == null) {
            throw new IllegalArgumentException("No figure " + key);
        }
        return found;
    }
}
