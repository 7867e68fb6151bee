package dev.memfuse.lab.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;

/// Makes the arms of a comparison from profiles and single settings.
///
/// @param profiles source of the named profiles
/// @param running configuration of the running engine, the base of an arm without a profile
public record Arms(ConfigProfiles profiles, MemFuseConfig running) {
    /// Name of an arm without a profile and without settings of its own.
    public static final String AS_IT_RUNS = "as it runs";

    /// Returns an arm. The settings of load and network, which are not the engine's, stay those of the running engine
    /// unless the arm has settings of its own for them.
    ///
    /// @param profile name of a profile; empty for the running configuration
    /// @param settings `KEY=VALUE`, in order
    /// @throws ConfigException when the profile or a key does not exist, a value is invalid, or a key is fixed at
    ///         start of the engine
    public Arm arm(Optional<String> profile, List<String> settings) {
        MemFuseConfig config = profile.map(name -> StartSettings.arm(profiles.load(name), running))
                .orElse(running);
        for (ConfigChange change : ConfigDiff.between(running, config)) {
            if (change.path().startsWith("load.") || change.path().startsWith("network.")) {
                config = ConfigValues.with(config, change.path(), ConfigValues.get(running, change.path()));
            }
        }
        for (String setting : settings) {
            config = with(config, setting);
        }
        List<String> parts = new ArrayList<>();
        profile.ifPresent(parts::add);
        parts.addAll(settings);
        return new Arm(parts.isEmpty() ? AS_IT_RUNS : String.join(", ", parts), ConfigValidator.requireValid(config));
    }

    private static MemFuseConfig with(MemFuseConfig config, String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw refused(setting, "expected KEY=VALUE, for instance postgres.pool_size=5");
        }
        String path = setting.substring(0, equals).strip();
        ConfigKey key = ConfigSchema.require(path);
        if (!StartSettings.comparable(path)) {
            throw refused(path, key.fixedProblem());
        }
        return ConfigValues.with(config, path, ConfigValues.parse(path, setting.substring(equals + 1).strip()));
    }

    private static ConfigException refused(String path, String sentence) {
        return new ConfigException(List.of(new ConfigProblem(path, sentence, Optional.empty())));
    }

    /// Returns the keys in which a profile differs from the running engine and that are fixed at start, so that they
    /// are not part of a comparison; empty for no profile.
    public List<ConfigChange> notCompared(Optional<String> profile) {
        return profile.map(profiles::load).map(named -> ConfigDiff.between(StartSettings.arm(named, running), named))
                .orElse(List.of());
    }
}
