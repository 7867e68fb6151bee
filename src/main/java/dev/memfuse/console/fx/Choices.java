package dev.memfuse.console.fx;

import java.util.function.Function;

import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

/// Texts of the values of a choice.
public final class Choices {
    private Choices() {}

    /// Returns a converter that shows values as texts, and no value as no text; nobody types in a choice.
    public static <T> StringConverter<T> of(Function<T, String> text) {
        return of(text, "");
    }

    /// Returns a converter like [#of(Function)].
    ///
    /// @param none text of no value
    public static <T> StringConverter<T> of(Function<T, String> text, String none) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? none : text.apply(value);
            }

            @Override
            public T fromString(String typed) {
                throw new UnsupportedOperationException("The choice cannot be edited.");
            }
        };
    }
}
