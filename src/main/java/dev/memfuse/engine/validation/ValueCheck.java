package dev.memfuse.engine.validation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.memfuse.engine.exception.InvalidValueException;
import org.jspecify.annotations.Nullable;

/// Checks values other than texts. Each method returns the value that it checked.
public final class ValueCheck {
    /// First instant of a message: the range of RFC 3339 without the year 0, so that every text form has four digits.
    public static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    /// Last instant of a message, in the precision of storage.
    public static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");
    /// Bounds of a comparison: beyond every stored time, and within the ranges of PostgreSQL and of the index.
    private static final Instant EARLIEST_BOUND = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant LATEST_BOUND = Instant.parse("+290000-01-01T00:00:00Z");
    /// Maximum number of ids in one call.
    public static final int MAX_IDS = 1_000_000;

    private ValueCheck() {}

    /// Checks that a value is present.
    ///
    /// @throws InvalidValueException when it is null
    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(field, field + " is missing (null). Give it a value.");
        }
        return value;
    }

    /// Checks that no element is null and returns an immutable copy.
    ///
    /// @throws InvalidValueException when the collection or an element is null
    public static <T> List<T> elements(String field, @Nullable Collection<? extends @Nullable T> values) {
        List<T> present = new ArrayList<>();
        for (T value : present(field, values)) {
            present.add(present(field + "[" + present.size() + "]", value));
        }
        return List.copyOf(present);
    }

    /// Checks the ids of one call and returns an immutable copy.
    ///
    /// @throws InvalidValueException when an id is null or there are more than [#MAX_IDS]
    public static <T> List<T> ids(String field, @Nullable Collection<? extends @Nullable T> ids) {
        range(field + ".size", present(field, ids).size(), 0, MAX_IDS);
        return elements(field, ids);
    }

    /// Checks that a number is in a range.
    ///
    /// @throws InvalidValueException when it is less than `min` or greater than `max`
    public static long range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw outside(field, String.valueOf(value), String.valueOf(min), String.valueOf(max));
        }
        return value;
    }

    /// Checks that a number is in a range.
    ///
    /// @throws InvalidValueException when it is NaN, less than `min` or greater than `max`
    public static double range(String field, double value, double min, double max) {
        // Negated, because every comparison with NaN is false.
        if (!(value >= min && value <= max)) {
            throw outside(field, String.valueOf(value), String.valueOf(min), String.valueOf(max));
        }
        return value;
    }

    private static InvalidValueException outside(String field, String value, String min, String max) {
        return new InvalidValueException(field,
                field + " is " + value + ". Choose a value between " + min + " and " + max + ".");
    }

    /// Checks that storage keeps an instant exactly.
    ///
    /// @throws InvalidValueException when it is null, outside of [#FIRST_TIME]..[#LAST_TIME], or more precise than a
    /// microsecond
    public static Instant time(String field, Instant time) {
        present(field, time);
        if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
            throw outside(field, time.toString(), FIRST_TIME.toString(), LAST_TIME.toString());
        }
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            throw new InvalidValueException(field, field + " is " + time
                    + ", which is more precise than a microsecond. Truncate it to microseconds.");
        }
        return time;
    }

    /// Returns the first instant of storage's precision that is not before `bound`. A comparison of stored times with
    /// the result has the outcome of a comparison with `bound`, for every instant.
    public static Instant bound(Instant bound) {
        if (bound.isBefore(EARLIEST_BOUND)) {
            return EARLIEST_BOUND;
        }
        if (bound.isAfter(LATEST_BOUND)) {
            return LATEST_BOUND;
        }
        Instant micros = bound.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(bound) ? micros : micros.plus(1, ChronoUnit.MICROS);
    }

    /// Checks that all components of a vector are finite.
    ///
    /// @param dimension required number of components
    /// @throws InvalidValueException when it has another number of components, or one is NaN or infinite
    public static float[] vector(String field, float[] vector, int dimension) {
        if (vector.length != dimension) {
            throw new InvalidValueException(field, field + " has " + vector.length + " components, and its model has "
                    + dimension + ". Use the vector of that model.");
        }
        return finite(field, vector);
    }

    /// Checks that all components of a vector are finite.
    ///
    /// @throws InvalidValueException when one is NaN or infinite
    public static float[] finite(String field, float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new InvalidValueException(field, field + "[" + i + "] is " + vector[i]
                        + ". Every component of a vector must be a finite number.");
            }
        }
        return vector;
    }
}
