package dev.memfuse.lab.trial;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;

/// The settings of the embedded server that take effect at its start: an experiment on them restarts the server.
public final class StartSettings {
    /// Expected time of a restart of the server.
    public static final Duration RESTART = Duration.ofSeconds(1);
    /// Shortest settle time of a load whose server has just started: its caches are empty.
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private StartSettings() {}

    /// Returns a load on a server that has just started: its settle time is fixed, and at least 3 s. A setting that
    /// settles slowly would otherwise be measured later than another, with warmer caches.
    public static Workload settled(Workload load) {
        Duration settle = load.warmup().minimum();
        return load.withWarmup(Workload.Warmup.fixed(settle.compareTo(SETTLE) > 0 ? settle : SETTLE));
    }

    /// Returns what the restarts of an experiment are for and take, as a sentence; empty for one without.
    ///
    /// @param keys settings that take effect at the start of the server, among those that differ
    /// @param part a trial in one word: "block"
    public static Optional<String> note(List<String> keys, String part, int restarts) {
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "%s when PostgreSQL starts, so each %s begins with a fresh server: %s, about %d s of the time.",
                        String.join(" and ", keys) + (keys.size() == 1 ? " takes effect" : " take effect"), part,
                        Numbers.count(restarts, "restart"),
                        RESTART.multipliedBy(restarts).toSeconds()));
    }

    /// Returns those in which two configurations differ, by their keys.
    public static List<String> differing(MemFuseConfig one, MemFuseConfig other) {
        return ConfigDiff.between(one, other).stream().map(ConfigChange::path)
                .filter(path -> ConfigSchema.require(path).atRestartOfServer()).toList();
    }

    /// Returns a configuration with those of another one.
    public static MemFuseConfig from(MemFuseConfig source, MemFuseConfig target) {
        MemFuseConfig result = target;
        for (String path : differing(source, target)) {
            result = ConfigValues.with(result, path, ConfigValues.get(source, path));
        }
        return result;
    }

    /// Returns a profile as an arm of an experiment on a running engine: keys that are fixed at start are those of the
    /// running engine, except the settings of the server that the profile sets.
    static MemFuseConfig arm(MemFuseConfig profile, MemFuseConfig running) {
        MemFuseConfig arm = profile;
        for (ConfigKey key : ConfigSchema.keys(profile, running)) {
            boolean ofProfile = key.hot()
                    || (key.atRestartOfServer() && !ConfigValues.get(profile, key.path()).equals(""));
            if (!ofProfile) {
                arm = ConfigValues.with(arm, key.path(), ConfigValues.get(running, key.path()));
            }
        }
        return arm;
    }

    /// Returns whether an experiment can change a key: while the engine runs, or by a restart of the server.
    public static boolean comparable(String path) {
        ConfigKey key = ConfigSchema.require(path);
        return key.hot() || key.atRestartOfServer();
    }
}
