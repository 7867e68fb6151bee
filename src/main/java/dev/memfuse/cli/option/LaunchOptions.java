package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options of the command line about the configuration and the database. Only their form is checked.
///
/// @param config a YAML file, or a folder with `database/`, `buffer/` and `memory/default.yaml`
/// @param profile name of a profile; `config` and `settings` override it
/// @param settings values by key, for instance `buffer.bypass_mode` = `true`, in the order given; they override files
/// @param db JDBC URL of an external server; empty means the URL of the configuration
/// @param dataDir folder of the embedded server, saved profiles and window state; empty means the user's data folder
/// @param ephemeral true keeps the embedded server's data in a temporary folder that is deleted at the end
/// @param changes changes of settings while a load runs
/// @param faults faults of the network while a load runs
/// @param recorded whether loads and comparisons are recorded
/// @param metricsFile file for the metrics; empty writes none
public record LaunchOptions(Optional<Path> config, Optional<String> profile, Map<String, String> settings,
        Optional<String> db, Optional<Path> dataDir, boolean ephemeral, List<TimedChange> changes,
        List<TimedFault> faults, boolean recorded, Optional<Path> metricsFile) {

    /// Creates options without faults, which record unless the embedded server is temporary.
    public LaunchOptions(Optional<Path> config, Optional<String> profile, Map<String, String> settings,
            Optional<String> db, Optional<Path> dataDir, boolean ephemeral, List<TimedChange> changes) {
        this(config, profile, settings, db, dataDir, ephemeral, changes, List.of(), !ephemeral,
                Optional.empty());
    }

    /// Returns the options with a profile.
    public LaunchOptions withProfile(String name) {
        return new LaunchOptions(config, Optional.of(name), settings, db, dataDir, ephemeral, changes, faults,
                recorded, metricsFile);
    }

    /// Returns the options with another data folder.
    public LaunchOptions withDataDir(Path folder) {
        return new LaunchOptions(config, profile, settings, db, Optional.of(folder), ephemeral, changes, faults,
                recorded, metricsFile);
    }

    /// The options of an empty command line.
    public static final LaunchOptions DEFAULT = new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(),
            Optional.empty(), Optional.empty(), false, List.of());
}
