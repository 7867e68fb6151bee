package dev.memfuse.engine.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A field of a [RecordKind].
///
/// @param name in snake case, the same in files and in storage
/// @param optional whether the value may be missing
public record RecordField(String name, Type type, boolean optional) {

    /// Java type of a value.
    public enum Type {
        /// A [UUID].
        ID(UUID.class),
        /// A [String].
        TEXT(String.class),
        /// An [Instant], exact to the microsecond.
        TIME(Instant.class),
        /// A [Long].
        NUMBER(Long.class),
        /// A [Float].
        REAL(Float.class),
        /// A [Boolean].
        FLAG(Boolean.class),
        /// A list of [UUID]s.
        IDS(List.class),
        /// A list of [String]s.
        TEXTS(List.class),
        /// A `float[]` that must not be changed.
        VECTOR(float[].class);

        private final Class<?> java;

        Type(Class<?> java) {
            this.java = java;
        }
    }

    static RecordField of(String name, Type type) {
        return new RecordField(name, type, false);
    }

    static RecordField optional(String name, Type type) {
        return new RecordField(name, type, true);
    }

    boolean accepts(@Nullable Object value) {
        return value == null ? optional : type.java.isInstance(value);
    }
}
