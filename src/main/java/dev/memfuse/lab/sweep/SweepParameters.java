package dev.memfuse.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.postgres.ServerSetting;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.config.schema.ValueType;

/// The parameters that can be swept, and values to begin with.
public final class SweepParameters {
    private static final Set<ValueType> NUMERIC = Set.of(ValueType.INTEGER, ValueType.SECONDS, ValueType.FRACTION);
    private static final double AROUND = 4;
    /// Settings of the embedded server that are offered, with values to begin with. Others can be named.
    private static final Map<String, String> SERVER = Map.of("shared_buffers", "16MB..512MB", "wal_buffers",
            "1MB..32MB", "work_mem", "1MB..64MB", "max_wal_size", "128MB..2048MB", "random_page_cost", "1..4:1",
            "effective_io_concurrency", "1..64");

    private SweepParameters() {}

    /// Returns the parameters of the load, every numeric setting that can change while the engine runs, and some of the
    /// database server.
    public static List<String> all() {
        List<String> all = new ArrayList<>(List.of(SweepPlan.CONCURRENCY, SweepPlan.RATE));
        ConfigSchema.keys().stream().filter(key -> key.hot() && numeric(key)).map(ConfigKey::path).forEach(all::add);
        SERVER.keySet().stream().sorted().map(ServerKeys::path).forEach(all::add);
        return all;
    }

    static boolean numeric(ConfigKey key) {
        ServerSetting setting = key.range().setting();
        return NUMERIC.contains(key.range().type()) || (setting != null
                && (setting.kind() == ServerSetting.Kind.INTEGER || setting.kind() == ServerSetting.Kind.REAL));
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
        ServerSetting setting = key.range().setting();
        if (setting != null) {
            return SERVER.getOrDefault(setting.name(), "");
        }
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
