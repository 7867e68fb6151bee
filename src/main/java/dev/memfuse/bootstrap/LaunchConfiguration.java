package dev.memfuse.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.postgres.probe.DriverSupport;

/// Builds the configuration of a start from the options of the command line.
final class LaunchConfiguration {
    private LaunchConfiguration() {}

    /// Returns the complete, valid configuration: profile, file, settings and address, each over the one before.
    ///
    /// @throws ConfigException when any of them cannot be used, or a timed change cannot be applied later
    static MemFuseConfig of(LaunchOptions options, ConfigProfiles profiles) {
        options.db().flatMap(DriverSupport::problem).ifPresent(sentence -> refuse("--db", sentence));
        ConfigLoader loader = new ConfigLoader();
        if (options.profile().isPresent()) {
            loader = loader.over(profiles.load(options.profile().get()));
        }
        List<String> overrides = new ArrayList<>();
        options.settings().forEach((key, value) -> overrides.add(key + "=" + value));
        options.db().ifPresent(url -> overrides.add("postgres.url=" + url));
        ConfigLoader complete = loader.withOverrides(overrides);
        MemFuseConfig config = options.config().map(complete::load).orElseGet(complete::load);
        if (!config.postgres().url().isEmpty()) {
            DriverSupport.problem(config.postgres().url()).ifPresent(sentence -> refuse("postgres.url", sentence));
        }
        ChangeSchedule.check(options.changes(), config);
        return config;
    }

    private static void refuse(String path, String sentence) {
        throw new ConfigException(List.of(new ConfigProblem(path, sentence, Optional.empty())));
    }
}
