package dev.memfuse.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ValueType;

/// The parameters that can be swept, and values to begin with.
public final class SweepParameters {
    private static final Set<ValueType> NUMERIC = Set.of(ValueType.INTEGER, ValueType.SECONDS, ValueType.FRACTION);
    private static final double AROUND = 4;

    private SweepParameters() {}

    /// Returns the parameters of the load, then every numeric setting that can change while the engine runs.
    public static List<String> all() {
        List<String> all = new ArrayList<>(List.of(SweepPlan.CONCURRENCY, SweepPlan.RATE));
        ConfigSchema.keys().stream().filter(key -> key.hot() && numeric(key)).map(ConfigKey::path).forEach(all::add);
        return all;
    }

    static boolean numeric(ConfigKey key) {
        return NUMERIC.contains(key.range().type());
    }

    /// Returns values to begin with, as [SweepValues] reads them: for a setting, from a quarter of its value to four
    /// times of it, within its range.
    ///
    /// @param config settings in force
    public static String suggestion(String parameter, MemFuseConfig config) {
        if (parameter.equals(SweepPlan.CONCURRENCY)) {
            return "1..64";
        }
        if (parameter.equals(SweepPlan.RATE)) {
            return "50..800";
        }
        ConfigKey key = ConfigSchema.require(parameter);
        if (key.range().type() == ValueType.FRACTION) {
            return "0.1..1:0.1";
        }
        double now = Double.parseDouble(ConfigValues.print(ConfigValues.get(config, parameter)));
        double step = key.range().type() == ValueType.INTEGER ? 1 : 0.001;
        double low = Math.max(Math.max(step, key.range().min()), Math.floor(now / AROUND / step) * step);
        double high = Math.min(key.range().max(), Math.max(low * AROUND, now * AROUND));
        return SweepValues.text(low) + ".." + SweepValues.text(high);
    }
}
