package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.cli.terminal.PrintableText;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.section.NetworkConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of all commands that start the engine, about the configuration and the database, as a mixin.
public final class LaunchArguments implements LogChoice {
    private static final String URL = "postgres.url";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(names = "--config", paramLabel = "FILE|DIR",
            description = "YAML file, or folder with database/, buffer/ and memory/default.yaml.")
    private @Nullable Path config;

    @Option(names = "--profile", paramLabel = "NAME",
            description = "Profile to start from; the command 'profiles' lists them.")
    private @Nullable String profile;

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "Value of a setting, for instance buffer.bypass_mode=true. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--db", paramLabel = "URL",
            description = "URL of an external PostgreSQL, for instance jdbc:postgresql://host/db. Give user and "
                    + "password in the environment (PGUSER, PGPASSWORD) or in the password file, not in the URL.")
    private @Nullable String db;

    @Option(names = "--data-dir", paramLabel = "DIR",
            description = "Folder of the embedded server and saved profiles (default: the user's data folder).")
    private @Nullable Path dataDir;

    @Option(names = "--ephemeral", description = "Use a temporary embedded server; its data is deleted at the end.")
    private boolean ephemeral;

    @Option(names = "--record", negatable = true,
            description = "Record loads and comparisons in the data folder, for 'history' (default: yes, and no with "
                    + "--ephemeral).")
    private @Nullable Boolean record;

    @Option(names = "--log-level", paramLabel = "LEVEL",
            description = "Lowest severity in the log file: error, warn, info, debug or trace; the same as --set "
                    + "monitoring.log_level=LEVEL (default: info).")
    private @Nullable LogLevel logLevel;

    @Option(names = "--metrics-file", paramLabel = "FILE",
            description = "Write the metrics to this file every 10 s and at the end, as OpenMetrics, for a collector "
                    + "of files.")
    private @Nullable Path metricsFile;

    @Option(names = "--change", converter = TimedChangeConverter.class, paramLabel = "TIME:KEY=VALUE",
            description = "Change a setting at this time after the start of a load, for instance "
                    + "10s:buffer.bypass_mode=true. Charts and report mark the change. May be repeated.")
    private List<TimedChange> changes = new ArrayList<>();

    @Option(names = "--network", converter = NetworkConverter.class, paramLabel = "PROFILE",
            description = "Network between the program and the database: local, same-zone (round trips of 0.5 ms), "
                    + "other-zone (2 ms), other-region (30 ms), or the time of a round trip, for instance 5ms. A proxy "
                    + "of the program adds that time; the same as --set network.round_trip=SECONDS.")
    private @Nullable NetworkConfig network;

    @Option(names = "--fault", converter = TimedFaultConverter.class, paramLabel = "TIME:FAULT[:LENGTH]",
            description = "Break the network to the database at this time after the start of a load: black-hole, stop, "
                    + "reset, latency=TIME or bandwidth=KIB, for instance 20s:black-hole:10s, 20s:reset or "
                    + "20s:latency=50ms:10s. The result has the time to recover. May be repeated.")
    private List<TimedFault> faults = new ArrayList<>();

    @Override
    public Optional<Path> dataFolder() {
        return Optional.ofNullable(dataDir);
    }

    @Override
    public Optional<LogLevel> level() {
        return Optional.ofNullable(logLevel);
    }

    /// Returns the options of the command line.
    public LaunchOptions options() {
        return options(Map.of());
    }

    /// Returns the options of the command line.
    ///
    /// @param defaults settings of the command; settings of the user override them
    public LaunchOptions options(Map<String, String> defaults) {
        return options(defaults, Map.of());
    }

    /// Returns the options of the command line.
    ///
    /// @param defaults settings of the command; settings of the user override them
    /// @param named settings for which the command has options of their own
    /// @throws ParameterException when a key is given twice
    public LaunchOptions options(Map<String, String> defaults, Map<String, String> named) {
        Map<String, String> given = new LinkedHashMap<>(named);
        if (logLevel != null) {
            given.put("monitoring.log_level", logLevel.name().toLowerCase(Locale.ROOT));
        }
        if (network != null) {
            given.put("network.round_trip", ConfigValues.seconds(network.roundTrip()).toPlainString());
        }
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            if (pair.length < 2 || pair[0].isBlank()) {
                throw wrong("--set: '" + PrintableText.excerpt(setting)
                        + "' is not a setting; an example is buffer.bypass_mode=true");
            }
            if (given.put(pair[0].strip(), pair[1]) != null) {
                throw twice(pair[0].strip());
            }
        }
        if (db != null && given.containsKey(URL)) {
            throw twice(URL);
        }
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(given);
        return new LaunchOptions(Optional.ofNullable(config), Optional.ofNullable(profile),
                all, Optional.ofNullable(db), Optional.ofNullable(dataDir), ephemeral,
                List.copyOf(changes), List.copyOf(faults), record != null ? record : !ephemeral,
                Optional.ofNullable(metricsFile));
    }

    private ParameterException twice(String key) {
        return wrong(PrintableText.excerpt(key) + " is given twice; name each setting once");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(command, "set by picocli").commandLine(), sentence);
    }
}
