package dev.memfuse.lab.sweep;

import java.util.List;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;

/// A parameter of a sweep with its values.
///
/// @param parameter name, as that of a [SweepPlan]: `concurrency`, `postgres.pool_size`, or a setting of the server
///        with the unit of its values, `postgres.server.shared_buffers (MB)`
/// @param values ascending, 2..64
public record SweepDimension(String parameter, List<Double> values) {
    public SweepDimension {
        values = List.copyOf(values);
    }

    /// Reads the values of a parameter.
    ///
    /// @param text as [SweepValues] reads it
    /// @throws IllegalArgumentException when it is no list of values, or has a unit that the parameter does not have;
    ///         the message is for the user
    public static SweepDimension of(String parameter, String text) {
        String unit = SweepValues.unit(text);
        return new SweepDimension(unit.isEmpty() ? parameter : parameter + " (" + unit + ")",
                SweepValues.parse(text));
    }

    /// Returns the key of a parameter: its name without the unit.
    static String key(String parameter) {
        int unit = parameter.indexOf(" (");
        return unit < 0 ? parameter : parameter.substring(0, unit);
    }

    /// Returns the unit in the name of a parameter; empty when it has none.
    static String unit(String parameter) {
        int unit = parameter.indexOf(" (");
        return unit < 0 ? "" : parameter.substring(unit + 2, parameter.length() - 1);
    }

    /// Returns whether a parameter takes effect at the start of the database server.
    static boolean restarts(String parameter) {
        return ConfigSchema.find(key(parameter)).filter(ConfigKey::atRestartOfServer).isPresent();
    }
}
