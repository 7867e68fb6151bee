package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.section.LogLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options about the configuration and the database, shared by all commands that start the engine.
public final class LaunchArguments implements LogChoice {
    @Option(names = "--config", paramLabel = "FILE|DIR", description = "YAML file, or folder with database/, buffer/ and memory/default.yaml.")
    private @Nullable Path config;

    @Option(names = "--profile", paramLabel = "NAME", description = "Profile to start from; see the command 'profiles'.")
    private @Nullable String profile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", mapFallbackValue = "", description = "One setting, for instance buffer.bypass_mode=true. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--db", paramLabel = "URL", description = "External PostgreSQL, for instance jdbc:postgresql://host/db. User and password come from the environment (PGUSER, PGPASSWORD) or the password file, never from here.")
    private @Nullable String db;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Where the embedded server and saved profiles live (default: the user's data folder).")
    private @Nullable Path dataDir;

    @Option(names = "--ephemeral", description = "Throw-away embedded server: its data is deleted at the end.")
    private boolean ephemeral;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "Lowest severity in the log file: error, warn, info, debug or trace; the same as --set monitoring.log_level=LEVEL (default: info).")
    private @Nullable LogLevel logLevel;

    @Option(names = "--change", converter = TimedChangeConverter.class, paramLabel = "TIME:KEY=VALUE", description = "Change a setting so long after a load started, for instance 10s:buffer.bypass_mode=true; marked in charts and report. May be repeated.")
    private List<TimedChange> changes = new ArrayList<>();

    @Override
    public Optional<Path> dataFolder() {
        return Optional.ofNullable(dataDir);
    }

    @Override
    public Optional<LogLevel> level() {
        return Optional.ofNullable(logLevel);
    }

    public LaunchOptions options() {
        return options(Map.of());
    }

    /// @param needed settings of the command itself; those of the user win
    public LaunchOptions options(Map<String, String> needed) {
        Map<String, String> all = new LinkedHashMap<>(needed);
        if (logLevel != null) {
            all.put("monitoring.log_level", logLevel.name().toLowerCase(Locale.ROOT));
        }
        all.putAll(settings);
        return new LaunchOptions(Optional.ofNullable(config), Optional.ofNullable(profile),
                all, Optional.ofNullable(db), Optional.ofNullable(dataDir), ephemeral,
                List.copyOf(changes));
    }
}
