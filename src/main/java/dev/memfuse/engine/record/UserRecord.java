package dev.memfuse.engine.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// A record of a user's data, for export and import.
///
/// @param values one value for each field of the kind, in its order and of its type; null only for an optional field
public record UserRecord(RecordKind kind, List<@Nullable Object> values) {
    public UserRecord {
        values = Collections.unmodifiableList(new ArrayList<>(values));
        if (values.size() != kind.fields().size()) {
            throw new IllegalArgumentException(
                    "A " + kind.label() + " has " + kind.fields().size() + " fields, not " + values.size() + ".");
        }
        for (int i = 0; i < values.size(); i++) {
            if (!kind.fields().get(i).accepts(values.get(i))) {
                throw new IllegalArgumentException("The field '" + kind.fields().get(i).name() + "' of a "
                        + kind.label() + " cannot be " + values.get(i) + ".");
            }
        }
    }

    /// Returns the value of a field.
    ///
    /// @throws IllegalArgumentException when the kind has no such field
    public @Nullable Object value(String field) {
        return values.get(kind.indexOf(field));
    }
}
