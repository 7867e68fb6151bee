package dev.memfuse.lab.tune;

import java.util.Locale;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;

/// A setting that a tuning varies.
public sealed interface Dimension {
    /// Returns the key of the setting.
    String key();

    /// Returns a value for a configuration.
    ///
    /// @param share position within the dimension, 0 up to but not including 1
    Object value(MemFuseConfig base, double share);

    /// A number.
    ///
    /// @param low smallest value
    /// @param high largest value
    /// @param logarithmic whether ratios matter rather than differences
    /// @param whole whether it is a whole number
    record Numeric(String key, double low, double high, boolean logarithmic, boolean whole) implements Dimension {
        /// Share of the candidates that keep the value of their base, so that each differs in some settings only.
        private static final double KEPT = 0.5;

        @Override
        public Object value(MemFuseConfig base, double share) {
            if (share < KEPT) {
                return ConfigValues.get(base, key);
            }
            double position = (share - KEPT) / (1 - KEPT);
            double value = logarithmic
                    ? low * Math.pow(high / low, position)
                    : low + position * (high - low);
            return ConfigValues.parse(key, whole
                    ? Long.toString(Math.round(value))
                    : String.format(Locale.ROOT, "%.2f", value));
        }
    }

    /// One of some words, in YAML's form.
    ///
    /// @param first a value
    /// @param second the other value
    record Either(String key, String first, String second) implements Dimension {
        /// Share of the candidates that have the other value than their base.
        private static final double CHANGED = 0.2;

        @Override
        public Object value(MemFuseConfig base, double share) {
            Object now = ConfigValues.get(base, key);
            if (share >= CHANGED) {
                return now;
            }
            return ConfigValues.parse(key, ConfigValues.print(now).equals(first) ? second : first);
        }
    }
}
