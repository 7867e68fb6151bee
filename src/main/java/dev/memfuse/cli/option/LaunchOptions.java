package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the command line says about the configuration and the database. Nothing here is checked yet except its form.
///
/// @param config a YAML file, or a folder laid out like the plan's
/// @param profile name of a profile; `config` and `settings` are laid over it
/// @param settings single keys, for instance `buffer.bypass_mode` = `true`, in the order given; they win over files
/// @param db JDBC URL of an external server; empty means what the configuration says
/// @param dataDir where the embedded server, saved profiles and window state live; empty means the user's data folder
/// @param ephemeral true keeps the embedded server's data in a temporary folder that is deleted at the end
/// @param changes settings to change while a load runs
public record LaunchOptions(Optional<Path> config, Optional<String> profile, Map<String, String> settings,
        Optional<String> db, Optional<Path> dataDir, boolean ephemeral, List<TimedChange> changes) {

    /// No option given.
    public static final LaunchOptions DEFAULT = new LaunchOptions(Optional.empty(), Optional.empty(), Map.of(),
            Optional.empty(), Optional.empty(), false, List.of());
}
