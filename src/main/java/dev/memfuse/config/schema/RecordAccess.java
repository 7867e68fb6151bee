package dev.memfuse.config.schema;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Reads and copies a tree of records by the snake_case path of a component. Type names play no part. A map among the
/// records is a section with free names, in which a missing entry is an empty text.
final class RecordAccess {
    /// The components of a record type by their snake_case names, in order.
    private static final ClassValue<Map<String, RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(Class<?> type) {
            var components = new LinkedHashMap<String, RecordComponent>();
            for (RecordComponent component : type.getRecordComponents()) {
                components.put(snakeCase(component.getName()), component);
            }
            return components;
        }
    };

    private RecordAccess() {}

    /// Returns the component at `path`, for instance `buffer.journal.max_age`.
    static Object get(Record tree, String path) {
        Object value = tree;
        for (String name : path.split("\\.")) {
            if (value instanceof Map<?, ?> settings) {
                return Objects.requireNonNullElse(settings.get(name), "");
            }
            RecordComponent component = COMPONENTS.get(value.getClass()).get(name);
            if (component == null) {
                throw new IllegalArgumentException(value.getClass().getSimpleName() + " has no " + name);
            }
            value = read((Record) value, component);
        }
        return value;
    }

    /// Returns a copy with the component at `path` replaced; it shares the other records with the old tree.
    @SuppressWarnings("unchecked") // the copy has the type of the original
    static <R extends Record> R with(R tree, String path, Object value) {
        String[] names = path.split("\\.", 2);
        Map<String, RecordComponent> components = COMPONENTS.get(tree.getClass());
        var values = new ArrayList<Object>();
        components.forEach((name, component) -> {
            Object current = read(tree, component);
            if (!name.equals(names[0])) {
                values.add(current);
            } else {
                values.add(names.length == 1 ? convert(value, component) : within(current, names[1], value));
            }
        });
        return (R) build(tree.getClass(), components.values(), values.toArray());
    }

    private static Object within(Object section, String path, Object value) {
        return section instanceof Map<?, ?> settings
                ? with(settings, path, value)
                : with((Record) section, path, value);
    }

    /// An empty value removes an entry.
    private static Map<Object, Object> with(Map<?, ?> settings, String name, Object value) {
        var copy = new TreeMap<Object, Object>(settings);
        if (value.equals("")) {
            copy.remove(name);
        } else {
            copy.put(name, value);
        }
        return copy;
    }

    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object convert(Object value, RecordComponent component) {
        if (component.getType().isEnum() && value instanceof String word) {
            return Arrays.stream(component.getType().getEnumConstants())
                    .filter(constant -> ConfigValues.word(constant).equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(word));
        }
        return value;
    }

    private static Object read(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The component " + component + " cannot be read", e);
        }
    }

    private static Object build(Class<?> type, Collection<RecordComponent> components, Object[] values) {
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The record " + type + " cannot be built", e);
        }
    }
}
