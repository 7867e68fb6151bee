package dev.memfuse.engine.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// One thing that belongs to a user, as it is exported and imported.
///
/// @param values one for each field of the kind, in its order and of its type; null only where the field is optional
public record UserRecord(RecordKind kind, List<@Nullable Object> values) {
    public UserRecord {
        values = Collections.unmodifiableList(new ArrayList<>(values));
        if (values.size() != kind.fields().size()) {
            throw new IllegalArgumentException("A " + kind.label() + " has " + kind.fields().size() + " fields.");
        }
        for (int i = 0; i < values.size(); i++) {
            if (!kind.fields().get(i).accepts(values.get(i))) {
                throw new IllegalArgumentException("The field '" + kind.fields().get(i).name() + "' of a "
                        + kind.label() + " cannot be " + values.get(i) + ".");
            }
        }
    }

    /// The value of a field.
    ///
    /// @throws IllegalArgumentException when the kind has no such field
    public @Nullable Object value(String field) {
        return values.get(kind.indexOf(field));
    }
}
