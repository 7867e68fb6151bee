package dev.memfuse.console.load;

import java.util.function.Function;

import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

/// Titles of the values of a choice.
final class Choices {
    private Choices() {}

    /// Returns a converter that shows titles; nobody types in a choice.
    static <T> StringConverter<T> of(Function<T, String> title) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : title.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("The choice cannot be edited.");
            }
        };
    }
}
